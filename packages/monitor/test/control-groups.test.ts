import { describe, expect, it } from 'vitest';
import { containerLimits } from '../src/machine/container.js';
import { groupPressure, machinePressure } from '../src/sources/pressure.js';
import { throttling } from '../src/sources/throttling.js';
import { kernelFolder, reader } from './kernel-folder.js';

/** Version 1 with the unified hierarchy beside it, as systemd mounts them in its hybrid mode. */
const HYBRID = `23 28 0:21 / /sys rw,nosuid,nodev,noexec,relatime - sysfs sysfs rw
31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
`;
const UNIFIED =
  '35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime - cgroup2 cgroup2 rw,nsdelegate\n';

const versionOne = (throttled: number, ns: number) =>
  `nr_periods 21\nnr_throttled ${throttled}\nthrottled_time ${ns}\nnr_bursts 0\nburst_time 0\n`;
const versionTwo = (periods: number, throttled: number, us: number) =>
  `usage_usec 412544\nuser_usec 393437\nsystem_usec 19106\nnice_usec 0\ncore_sched.force_idle_usec 0\nnr_periods ${periods}\nnr_throttled ${throttled}\nthrottled_usec ${us}\nnr_bursts 0\nburst_usec 0\n`;

function underVersionOne() {
  const cpu = 'sys/fs/cgroup/cpu,cpuacct';
  return kernelFolder({
    'proc/self/mountinfo': HYBRID,
    'proc/self/cgroup': '4:memory:/app\n2:cpu,cpuacct:/app/worker\n1:name=systemd:/\n0::/app\n',
    [`${cpu}/cpu.cfs_quota_us`]: '-1\n',
    [`${cpu}/cpu.cfs_period_us`]: '100000\n',
    [`${cpu}/cpu.stat`]: versionOne(0, 0),
    [`${cpu}/app/cpu.cfs_quota_us`]: '50000\n',
    [`${cpu}/app/cpu.cfs_period_us`]: '100000\n',
    [`${cpu}/app/cpu.stat`]: versionOne(3, 1000),
    [`${cpu}/app/worker/cpu.cfs_quota_us`]: '20000\n',
    [`${cpu}/app/worker/cpu.cfs_period_us`]: '100000\n',
    [`${cpu}/app/worker/cpu.stat`]: versionOne(20, 729_791_188),
    'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    'sys/fs/cgroup/memory/app/memory.limit_in_bytes': '268435456\n',
  });
}

describe('throttling', () => {
  it('is the sum of all groups with a quota, in version 1', () => {
    const folder = underVersionOne();
    const read = reader(throttling, folder.root);
    folder.write({
      'sys/fs/cgroup/cpu,cpuacct/app/cpu.stat': versionOne(4, 3000),
      'sys/fs/cgroup/cpu,cpuacct/app/worker/cpu.stat': versionOne(25, 729_791_288),
    });
    expect(read()).toEqual({ quotaPeriods: 0, throttledPeriods: 6, throttledTime: 2100 });
  });

  it('comes in nanoseconds in version 2 too, also in a container that sees but its own group', () => {
    for (const [mount, group] of [
      [UNIFIED, '0::/\n'],
      [UNIFIED.replace(' / ', ' /docker/abc '), '0::/docker/abc\n'],
      [UNIFIED, '0::/../elsewhere\n'],
    ] as const) {
      const folder = kernelFolder({
        'proc/self/mountinfo': mount,
        'proc/self/cgroup': group,
        'sys/fs/cgroup/cpu.max': '50000 100000\n',
        'sys/fs/cgroup/cpu.stat': versionTwo(100, 10, 500),
      });
      const read = reader(throttling, folder.root);
      folder.write({ 'sys/fs/cgroup/cpu.stat': versionTwo(110, 14, 750) });
      expect(read()).toEqual({ quotaPeriods: 10, throttledPeriods: 4, throttledTime: 250_000 });
      expect(containerLimits(folder.root)).toEqual({ cpus: 0.5 });
    }
  });

  it('is a real 0 in a group without a quota, and unavailable where no group can have one', () => {
    const group = (cpuStat: string) =>
      kernelFolder({
        'proc/self/mountinfo': UNIFIED,
        'proc/self/cgroup': '0::/user.slice\n',
        'sys/fs/cgroup/cpu.stat': 'usage_usec 20568325533\nuser_usec 18257698349\nsystem_usec 2310627184\n',
        'sys/fs/cgroup/user.slice/cpu.max': 'max 100000\n',
        'sys/fs/cgroup/user.slice/cpu.stat': cpuStat,
      }).root;
    expect(reader(throttling, group(versionTwo(0, 0, 0)))()).toMatchObject({ throttledTime: 0 });
    expect(reader(throttling, group('usage_usec 1\n'))().throttledTime).toMatch(
      /none of them can have a quota/,
    );
    expect(reader(throttling, kernelFolder({}).root)().throttledTime).toBe(
      'there are no control groups here',
    );
  });
});

describe('limits of a container', () => {
  it('are the tightest of its groups', () => {
    expect(containerLimits(underVersionOne().root)).toEqual({ cpus: 0.2, memoryBytes: 268_435_456 });
    const { root } = kernelFolder({
      'proc/self/mountinfo': UNIFIED,
      'proc/self/cgroup': '0::/a/b\n',
      'sys/fs/cgroup/a/b/cpu.max': 'max 100000\n',
      'sys/fs/cgroup/a/cpu.max': '150000 100000\n',
      'sys/fs/cgroup/a/b/memory.max': '1048576\n',
      'sys/fs/cgroup/a/memory.max': 'max\n',
    });
    expect(containerLimits(root)).toEqual({ cpus: 1.5, memoryBytes: 1_048_576 });
    expect(containerLimits(kernelFolder({}).root)).toBeUndefined();
  });
});

describe('pressure', () => {
  const psi = (some: string, someUs: number, fullUs: number) =>
    `some avg10=${some} avg60=2.35 avg300=0.49 total=${someUs}\nfull avg10=12.86 avg60=2.32 avg300=0.48 total=${fullUs}\n`;

  it('is a share of the last ten seconds and a time', () => {
    const folder = kernelFolder({
      'proc/pressure/cpu': psi('13.04', 1_498_454, 7),
      'proc/pressure/io': psi('0.00', 1, 1),
    });
    const read = reader(machinePressure('Cpu'), folder.root);
    folder.write({ 'proc/pressure/cpu': psi('50.97', 1_498_460, 9) });
    const seen = read();
    expect(seen.pressureCpuSomeAvg10).toBeCloseTo(0.5097, 12);
    expect(seen.pressureCpuFullAvg10).toBeCloseTo(0.1286, 12);
    expect(seen).toMatchObject({ pressureCpuSomeTime: 6000, pressureCpuFullTime: 2000 });
    expect(reader(machinePressure('Io'), folder.root)()).toMatchObject({
      pressureIoSomeAvg10: 0,
      pressureIoSomeTime: 0,
    });
    expect(reader(machinePressure('Memory'), folder.root)().pressureMemorySomeTime).toMatch(
      /^needs .*pressure\/memory/,
    );
  });

  it('has no "full" of CPU from kernels that have none', () => {
    const { root } = kernelFolder({
      'proc/pressure/cpu': 'some avg10=1.00 avg60=0.00 avg300=0.00 total=5\n',
    });
    expect(reader(machinePressure('Cpu'), root)()).toMatchObject({
      pressureCpuSomeAvg10: 0.01,
      pressureCpuFullTime: 'this kernel gives no "full" pressure of cpu',
    });
  });

  it('is also that of the control group, unless this is the machine', () => {
    const inGroup = (more: Record<string, string>) =>
      kernelFolder({
        'proc/self/mountinfo': HYBRID,
        'proc/self/cgroup': '0::/app\n',
        'sys/fs/cgroup/unified/app/cpu.pressure': psi('13.04', 1, 1),
        ...more,
      }).root;
    const type = { 'sys/fs/cgroup/unified/app/cgroup.type': 'domain\n' };
    expect(reader(groupPressure('Cpu'), inGroup(type))()).toMatchObject({
      groupPressureCpuSomeAvg10: 0.1304,
    });
    expect(reader(groupPressure('Cpu'), inGroup({}))().groupPressureCpuSomeTime).toMatch(
      /root control group/,
    );
    expect(reader(groupPressure('Cpu'), kernelFolder({}).root)().groupPressureCpuSomeTime).toMatch(
      /version 2/,
    );
  });
});
