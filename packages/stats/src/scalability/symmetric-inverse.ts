/**
 * Inverse of a small symmetric positive definite matrix by Cholesky's decomposition.
 *
 * @param matrix - Shape (n, n), n small; read only. Scaled to a diagonal of 1 inside, so that parameters of very
 *   different sizes do no harm.
 * @returns The inverse; `undefined` if the matrix is singular as far as doubles can tell.
 *
 * Cost: O(n^3).
 */
export function symmetricInverse(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const n = matrix.length;
  const scale = matrix.map((row, i) => Math.sqrt(row[i] as number));
  if (scale.some((s) => !(s > 0 && Number.isFinite(s)))) return undefined;
  const lower = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = at(matrix, i, j) / ((scale[i] as number) * (scale[j] as number));
      for (let k = 0; k < j; k++) rest -= at(lower, i, k) * at(lower, j, k);
      if (i === j && rest <= singular) return undefined;
      put(lower, i, j, i === j ? Math.sqrt(rest) : rest / at(lower, j, j));
    }
  }
  const columns = matrix.map((_, column) => solve(lower, column));
  return columns.map((column, j) =>
    column.map((value, i) => value / ((scale[i] as number) * (scale[j] as number))),
  );
}

/** Left of a unit diagonal after elimination: below this a column depends on the others. */
const singular = 1e-13;

/** Solves L L' x = e, where e is the unit vector of a column. */
function solve(lower: readonly number[][], column: number): number[] {
  const n = lower.length;
  const x: number[] = Array.from({ length: n }, (_, i) => (i === column ? 1 : 0));
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - at(lower, i, k) * (x[k] as number);
    x[i] = (x[i] as number) / at(lower, i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - at(lower, k, i) * (x[k] as number);
    x[i] = (x[i] as number) / at(lower, i, i);
  }
  return x;
}

function at(matrix: readonly (readonly number[])[], i: number, j: number): number {
  return matrix[i]?.[j] as number;
}

function put(matrix: number[][], i: number, j: number, value: number): void {
  (matrix[i] as number[])[j] = value;
}
