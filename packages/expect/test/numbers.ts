/** The code under measurement of the README's example. */
export const numbers = `
export function sorted(numbers) {
  return numbers.toSorted((a, b) => a - b);
}

export function insertionSorted(numbers) {
  const list = [];
  for (const number of numbers) {
    let at = list.length;
    while (at > 0 && list[at - 1] > number) at -= 1;
    list.splice(at, 0, number);
  }
  return list;
}

export function total(numbers) {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

export function pairs(numbers) {
  return numbers.map((number) => [number, number]);
}
`;
