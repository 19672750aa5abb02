import { perfPackage } from '@perf/tsup';
import { writePlotly } from './scripts/plotly-bundle.mjs';

export default perfPackage({
  onSuccess: async () => {
    await writePlotly('dist');
  },
});
