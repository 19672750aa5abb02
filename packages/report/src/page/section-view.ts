import type { BarPlot } from '../chart/bar-plot.js';
import { type LineChart, lineChart } from '../chart/line-chart.js';
import type { LinePlot } from '../chart/plot.js';
import { barFigure } from '../interactive/bar-figure.js';
import type { Figures } from '../interactive/figure.js';
import { lineFigure } from '../interactive/line-figure.js';
import type { Section, SectionPart } from '../section/section.js';

/** A plot with its static drawing, and the place of the interactive one. */
export interface PlotView {
  /** Unique in the page. */
  readonly id: string;
  readonly plot: LinePlot;
  readonly chart: LineChart;
  readonly figure: number | undefined;
}

/** Bars: interactive only. */
export interface BarView {
  readonly plot: BarPlot;
  readonly figure: number;
}

export interface PartView extends Omit<SectionPart, 'plots' | 'bars' | 'open'> {
  readonly id: string;
  /** Whether drawings and tables are shown only when asked for. */
  readonly folded: boolean;
  readonly plots: readonly PlotView[];
  readonly bars: readonly BarView[];
}

export interface SectionView extends Omit<Section, 'parts'> {
  readonly parts: readonly PartView[];
}

/** A sentence below its title need not begin with it. */
function withoutTitle(sentence: string, title: string): string {
  const start = `${title}: `;
  if (title === '' || !sentence.startsWith(start)) return sentence;
  const rest = sentence.slice(start.length);
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

/** A section of more parts than this shows the sentences of each, and the drawings of the first and the urgent ones. */
const MOST_UNFOLDED = 3;

function isUrgent({ open = false, badge }: SectionPart): boolean {
  return open || badge?.tone === 'regressed';
}

/** A section with its drawings made. @param figures - Where interactive ones go; none in a static page. */
export function sectionView(section: Section, figures: Figures | undefined): SectionView {
  return {
    ...section,
    parts: section.parts.map((part, index) => {
      const id = `${section.id}-${index + 1}`;
      return {
        ...part,
        id,
        sentences: part.sentences.map((sentence) => withoutTitle(sentence, part.title)),
        folded: section.parts.length > MOST_UNFOLDED && index > 0 && !isUrgent(part),
        // Whoever opens a part wants to see it at once.
        tables: part.tables.map((table, place) => (place === 0 ? { ...table, open: true } : table)),
        plots: part.plots.map((plot, place) => ({
          id: `${id}-plot-${place + 1}`,
          plot,
          chart: lineChart(plot),
          figure: figures?.add(lineFigure(plot)),
        })),
        bars:
          figures === undefined
            ? []
            : (part.bars ?? []).map((plot) => ({ plot, figure: figures.add(barFigure(plot)) })),
      };
    }),
  };
}
