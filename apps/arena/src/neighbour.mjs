// A neighbour on the same machine: works and rests in turns of random length, up to 3 s each, until it is killed.
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 3000;
const memory = new Float64Array(2 ** 21);
let place = 0;
for (;;) {
  for (const until = Date.now() + Math.random() * LONGEST_MS; Date.now() < until; ) {
    for (let step = 0; step < 10_000; step += 1) {
      place = (place + 12_289) % memory.length;
      memory[place] += Math.sqrt(step);
    }
  }
  await sleep(Math.random() * LONGEST_MS);
}
