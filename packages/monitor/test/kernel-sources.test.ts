import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cpuWait } from '../src/sources/cpu-wait.js';
import { fileSystem } from '../src/sources/file-system.js';
import { machineCpu } from '../src/sources/machine-cpu.js';
import { memory } from '../src/sources/memory.js';
import { network } from '../src/sources/network.js';
import { kernelFolder, reader } from './kernel-folder.js';

const HEADER = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

function device(name: string, received: number, sent: number): string {
  return `${name.padStart(6)}: ${received} 67235    0    0    0     0          0         0  ${sent}   46308    0    0    0     0       0          0\n`;
}

describe('network', () => {
  it('has loopback apart from all other interfaces', () => {
    const folder = kernelFolder({
      'proc/self/net/dev': HEADER + device('lo', 5_389_640_979, 5_389_640_979) + device('eth0', 1000, 200),
    });
    const read = reader(network, folder.root);
    folder.write({
      'proc/self/net/dev':
        HEADER +
        device('lo', 5_389_641_079, 5_389_641_079) +
        device('eth0', 1500, 207) +
        device('wlo1', 0, 3),
    });
    expect(read()).toEqual({ netReceived: 500, netSent: 10, netLoopback: 100 });
    expect(read()).toEqual({ netReceived: 0, netSent: 0, netLoopback: 0 });
  });

  it('reads lists longer than a page', () => {
    const devices = (bytes: number) =>
      HEADER + Array.from({ length: 400 }, (_, index) => device(`veth${index}`, bytes, 1)).join('');
    const folder = kernelFolder({ 'proc/self/net/dev': devices(10) });
    const read = reader(network, folder.root);
    folder.write({ 'proc/self/net/dev': devices(12) });
    expect(read()).toMatchObject({ netReceived: 800, netSent: 0 });
  });

  it('has no figure for the time in which an interface went, rather than a negative one', () => {
    const folder = kernelFolder({
      'proc/self/net/dev': HEADER + device('eth0', 9, 0) + device('tun0', 50, 0),
    });
    const read = reader(network, folder.root);
    folder.write({ 'proc/self/net/dev': HEADER + device('eth0', 10, 0) });
    expect(read()).toMatchObject({ netReceived: 'its counter went back', netSent: 0 });
    folder.write({ 'proc/self/net/dev': HEADER + device('eth0', 14, 0) });
    expect(read()).toMatchObject({ netReceived: 4 });
  });
});

describe('file system', () => {
  const io = (read: number, written: number) =>
    `rchar: 6976\nwchar: 8\nsyscr: 10\nsyscw: 0\nread_bytes: ${read}\nwrite_bytes: ${written}\ncancelled_write_bytes: 7\n`;

  it('gives what went from and to storage', () => {
    const folder = kernelFolder({ 'proc/self/io': io(4096, 100) });
    const read = reader(fileSystem, folder.root);
    folder.write({ 'proc/self/io': io(8192, 105) });
    expect(read()).toEqual({ fsRead: 4096, fsWrite: 5 });
  });

  it('says so where a reading fails, and where one is back', () => {
    const folder = kernelFolder({ 'proc/self/io': io(4096, 100) });
    const read = reader(fileSystem, folder.root);
    folder.write({ 'proc/self/io': '' });
    expect(read()).toEqual({ fsRead: 'could not be read this time', fsWrite: 'could not be read this time' });
    folder.write({ 'proc/self/io': io(1, 1) });
    expect(read()).toEqual({ fsRead: 'could not be read this time', fsWrite: 'could not be read this time' });
    folder.write({ 'proc/self/io': io(3, 2) });
    expect(read()).toEqual({ fsRead: 2, fsWrite: 1 });
  });
});

describe('CPU of the machine', () => {
  const stat = (steal: number, idle: number) =>
    `cpu  1757020 65187 225815 ${idle} 7742 1 5146 ${steal} 9 0\ncpu0 839282 33346 109058 1364833 1597 0 1906 354 0 0\nintr ${'1 '.repeat(4000)}\n`;

  it('adds up columns of the first line', () => {
    const folder = kernelFolder({ 'proc/stat': stat(725, 2_639_971) });
    const read = reader(machineCpu, folder.root);
    folder.write({ 'proc/stat': stat(728, 2_639_981) });
    expect(read()).toEqual({ machineCpuUser: 0, machineCpuSystem: 0, machineCpuIdle: 1e8, steal: 3e7 });
  });

  it('gives how long this thread waited for a CPU', () => {
    const folder = kernelFolder({ 'proc/thread-self/schedstat': '812345678 3856101 1034\n' });
    const read = reader(cpuWait, folder.root);
    folder.write({ 'proc/thread-self/schedstat': '912345678 3956102 1036\n' });
    expect(read()).toEqual({ cpuWait: 100_001 });
  });
});

describe('what a platform lacks', () => {
  it('has a reason', () => {
    const { root } = kernelFolder({});
    const path = (file: string) => `needs ${root}/proc/${file}, which this platform lacks or hides`;
    expect(reader(network, root)()).toMatchObject({ netReceived: path('self/net/dev') });
    expect(reader(machineCpu, root)()).toMatchObject({ steal: path('stat') });
    mkdirSync(join(root, 'proc/self/io'), { recursive: true });
    expect(reader(fileSystem, root)()).toMatchObject({
      fsRead: `${root}/proc/self/io cannot be read: EISDIR`,
    });
  });

  it('is taken from elsewhere if it can be', () => {
    expect(reader(memory, kernelFolder({}).root)().rss).toBeGreaterThan(1e6);
  });
});
