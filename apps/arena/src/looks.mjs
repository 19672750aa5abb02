// Does looking at the pairs again and again, and stopping at will, keep the error that the interval states?
//
//   node src/looks.mjs [sequences]      default 20000
//
// Simulates comparisons of code with itself: sequences of log-ratios of pairs, looked at after as many pairs as
// `perfkit compare` looks, with as many looks planned as each line says. A sequence is wrong if any of its looks has an
// interval of 95 % that leaves the true ratio out. Beside it: the same sequences with the interval of a single look.
// Ends with 1 if more than 5 % are wrong, and three standard errors of so many sequences.
import { betweenPairs, looks, seededRandom } from '@perf/stats';

const sequences = Number(process.argv[2] ?? 20_000);
const bar = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / sequences);
const shapes = {
  'normal, 1 %': (normal) => 0.01 * normal(),
  'normal, 10 %': (normal) => 0.1 * normal(),
  'two modes, a fifth 2 % apart': (normal, random) =>
    0.005 * normal() + (random() < 0.2 ? 0.02 * Math.sign(random() - 0.5) : 0),
  'processes of two kinds, 10 % apart': (normal, random) =>
    0.01 * normal() + 0.1 * (Math.round(random()) - Math.round(random())),
  'heavy tails (Student, 3 degrees)': (normal) =>
    (0.01 * normal()) / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3),
};
let worst = 0;
console.log(`${sequences} sequences each; wrong at some look\n`);
console.log('pairs                              looks planned   as planned   with ordinary intervals');
for (const [name, draw] of Object.entries(shapes)) {
  for (const planned of [1, 2, 3, 5, 8, 10]) {
    const random = seededRandom(planned);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const wrong = { planned: 0, ordinary: 0 };
    for (let sequence = 0; sequence < sequences; sequence += 1) {
      const pairs = [];
      const missed = { planned: false, ordinary: false };
      for (const look of looks.slice(0, planned)) {
        while (pairs.length < look) pairs.push(draw(normal, random));
        missed.planned ||= betweenPairs(pairs, 0.95, planned).p < 0.05;
        missed.ordinary ||= betweenPairs(pairs, 0.95, 1).p < 0.05;
      }
      for (const kind of ['planned', 'ordinary']) if (missed[kind]) wrong[kind] += 1;
    }
    worst = Math.max(worst, wrong.planned / sequences);
    const share = (count) => `${((count / sequences) * 100).toFixed(1)} %`;
    console.log(
      `${name.padEnd(34)} ${String(planned).padStart(13)} ${share(wrong.planned).padStart(12)} ${share(wrong.ordinary).padStart(25)}`,
    );
  }
}
console.log(worst <= bar ? '\nThe level is kept.' : `\nMissed: ${(worst * 100).toFixed(1)} % wrong.`);
process.exitCode = worst <= bar ? 0 : 1;
