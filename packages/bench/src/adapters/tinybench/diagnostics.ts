import { unsupported } from '../unsupported.js';

const REMEDY = "It is about tinybench's own samples; perfkit's warnings say what a clock did to its own.";

export const calibrateTimerOverhead: never = unsupported('tinybench', 'calibrateTimerOverhead()', REMEDY);
export const classifyTimerSaturation: never = unsupported('tinybench', 'classifyTimerSaturation()', REMEDY);
export const detectTimerSaturation: never = unsupported('tinybench', 'detectTimerSaturation()', REMEDY);
export const estimateResolution: never = unsupported('tinybench', 'estimateResolution()', REMEDY);
export const medianAbsoluteDeviation: never = unsupported('tinybench', 'medianAbsoluteDeviation()', REMEDY);
