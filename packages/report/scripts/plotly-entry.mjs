// What the page's charts need of plotly.js, and nothing of maps and 3D: `core` brings scatter.
import bar from 'plotly.js/lib/bar.js';
import box from 'plotly.js/lib/box.js';
import Plotly from 'plotly.js/lib/core.js';
import heatmap from 'plotly.js/lib/heatmap.js';
import violin from 'plotly.js/lib/violin.js';

Plotly.register([bar, box, heatmap, violin]);
globalThis.Plotly = Plotly;
