/** Counts by label as stacked bars. Drawn in the interactive page alone: its table says the same. */
export interface BarPlot {
  readonly caption: string;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Neutralised. */
  readonly labels: readonly string[];
  readonly series: readonly {
    /** Neutralised. */
    readonly name: string;
    readonly colour: number;
    /** One for each label. */
    readonly values: readonly number[];
  }[];
}
