const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * Numbers as bars of text, the smallest lowest.
 *
 * @param values - Finite; read only.
 * @param width - Most characters; of more values neighbours are joined, each bar being the mean of its share.
 */
export function sparkline(values: readonly number[], width: number): string {
  const count = Math.min(width, values.length);
  const shares = Array.from({ length: count }, (_, i) => {
    const share = values.slice(
      Math.floor((i * values.length) / count),
      Math.floor(((i + 1) * values.length) / count),
    );
    // Divided first: the sum of doubles may be too large for one.
    return share.reduce((sum, value) => sum + value / share.length, 0);
  });
  const low = Math.min(...shares);
  const high = Math.max(...shares);
  return shares
    .map((value) => {
      const height = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0;
      return bars[Math.round(height * (bars.length - 1))];
    })
    .join('');
}
