import { procFile } from './proc-file.js';

/** The frequency governor of the first core, such as `performance` or `powersave`; absent in most virtual machines. */
export function cpuGovernor(): string | undefined {
  return procFile('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor');
}
