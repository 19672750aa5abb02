import { performance } from 'node:perf_hooks';

/** Time that one run of the kernel is meant to take on a machine of 2020s [ns]; it is whatever it is on others. */
export const KERNEL_NS = 100_000;
/** Runs after which V8 has asked for the kernel to be optimised, with time to spare. */
const FIRST_RUNS = 40;
/** So many runs in a row are to be this near to the fastest of them, in at most so many runs. */
const STEADY_RUNS = 4;
const SPREAD = 0.1;
const MOST_RUNS = 100;

const STEPS = 4096;
const OBJECTS = 128;
/** 8 KiB: in the nearest cache after one turn round it, whatever the measured function left there. */
const RING_LENGTH = 2048;
const ROUNDS = 4;

/** Numbers each of which names the next, in one ring without order. */
const ring: Uint16Array = ringOf(RING_LENGTH);
/** Called in turn, so that V8 cannot know which comes next. */
const steps: readonly ((value: number) => number)[] = [
  (value) => value + 1,
  (value) => value ^ 3,
  (value) => value - 7,
  (value) => Math.imul(value, 3),
  (value) => value & 0xffff,
];
/** Where objects of the kernel are held until later ones take their places. */
const held: unknown[] = new Array(8).fill(undefined);
let state = 1;

/**
 * Runs the reference kernel once: the same work in every process and version, some 0.1 ms of integer arithmetic, calls,
 * reads from a small memory and a few short-lived objects.
 *
 * Its time tells how fast the machine is just now, with the neighbours that it has. Memory and allocation are small
 * parts of it: their time depends on what was measured in between more than on the machine.
 *
 * @returns Time that it took [ns].
 */
export function timeReference(): number {
  const from = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    state = integers(state, STEPS);
    state = calls(state, STEPS / 2);
    state = walk(state, STEPS / 4);
    state = objects(state, OBJECTS / ROUNDS);
  }
  return (performance.now() - from) * 1e6;
}

/**
 * Runs the kernel often enough for V8 to optimise it. That happens in another thread, so it is to be called well before
 * the kernel is needed. Cost: 10 ms.
 */
export function beginReference(): void {
  for (let run = 0; run < FIRST_RUNS; run += 1) timeReference();
}

/** Runs the kernel until its time is steady. Cost: 1 ms, and 10 ms if V8 is late. */
export function warmReference(): void {
  const times: number[] = [];
  for (let run = 0; run < MOST_RUNS; run += 1) {
    times.push(timeReference());
    const last = times.slice(-STEADY_RUNS);
    const steady = last.length === STEADY_RUNS && Math.max(...last) <= Math.min(...last) * (1 + SPREAD);
    if (run >= 2 * STEADY_RUNS && steady) return;
  }
}

function integers(seed: number, count: number): number {
  let hash = seed | 1;
  for (let i = 0; i < count; i += 1) {
    hash ^= hash << 13;
    hash ^= hash >>> 17;
    hash = Math.imul(hash ^ (hash << 5), 0x2c1b3c6d) | 1;
  }
  return hash;
}

function calls(seed: number, count: number): number {
  let value = seed & 0xffff;
  for (let i = 0; i < count; i += 1) {
    const step = steps[(value + i) % steps.length] as (x: number) => number;
    value = step(value) & 0xfffff;
  }
  return value;
}

function walk(seed: number, count: number): number {
  let place = seed & (RING_LENGTH - 1);
  for (let i = 0; i < count; i += 1) place = ring[place] as number;
  return place;
}

function objects(seed: number, count: number): number {
  for (let i = 0; i < count; i += 1) held[i & 7] = { seed, next: i };
  return seed + held.length;
}

function ringOf(length: number): Uint16Array {
  const order = Uint16Array.from({ length }, (_, i) => i);
  let random = 12_345;
  for (let i = length - 1; i > 0; i -= 1) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    const j = random % (i + 1);
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  const next = new Uint16Array(length);
  for (let i = 0; i < length; i += 1) next[order[i] as number] = order[(i + 1) % length] as number;
  return next;
}
