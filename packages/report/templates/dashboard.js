// Inflates plotly.js from the page itself and draws the figures over their static drawings, each when it comes near.
// Without it the page is complete: it only gains zooming, hovering and the choice of series.
(() => {
  const text = (id) => document.getElementById(id).textContent;
  const figures = JSON.parse(text('figures'));
  const places = [...document.querySelectorAll('[data-figure]')];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  if (typeof DecompressionStream === 'undefined' || places.length === 0) return;

  /** `--name/0.3` as a colour: the page's own, so that both schemes are served. */
  const colour = (token) => {
    const [name, opacity] = token.split('/');
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const full = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex;
    return opacity === undefined
      ? full
      : full +
          Math.round(opacity * 255)
            .toString(16)
            .padStart(2, '0');
  };
  /** A copy in which tokens under the names of colours are colours. */
  const coloured = (value, key) => {
    if (typeof value === 'string')
      return /color$/.test(key) && value.startsWith('--') ? colour(value) : value;
    if (Array.isArray(value)) {
      if (key === 'colorscale') return value.map(([at, token]) => [at, colour(token)]);
      return value.some((item) => item !== null && typeof item === 'object')
        ? value.map((item) => coloured(item, key))
        : value;
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, coloured(part, name)]));
  };

  const axis = (own) => ({
    automargin: true,
    gridcolor: '--line',
    linecolor: '--muted',
    zerolinecolor: '--line',
    ...own,
    title: { standoff: 8, font: { size: 12 }, ...own?.title },
  });
  const layoutOf = ({ layout, height }) =>
    coloured({
      margin: { l: 56, r: 12, t: layout.annotations?.length ? 30 : 14, b: 48 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: '--text' },
      hoverlabel: { bgcolor: '--surface', bordercolor: '--line', font: { color: '--text' } },
      legend: { orientation: 'h', y: -0.25, x: 0, font: { size: 12 } },
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: '--muted', activecolor: '--text', orientation: 'h' },
      // A finger scrolls the page; a mouse chooses a part of the drawing.
      dragmode: matchMedia('(pointer: coarse)').matches ? false : 'zoom',
      ...layout,
      height,
      autosize: true,
      xaxis: axis(layout.xaxis),
      yaxis: axis(layout.yaxis),
    });
  const config = {
    responsive: true,
    displaylogo: false,
    showSendToCloud: false,
    plotlyServerURL: '',
    locale: 'en',
    displayModeBar: 'hover',
    modeBarButtons: [['zoom2d', 'pan2d', 'zoomIn2d', 'zoomOut2d', 'resetScale2d']],
  };

  const draw = (place) => {
    const figure = figures[Number(place.dataset.figure)];
    place.hidden = false;
    return window.Plotly.react(place, coloured(figure.data, ''), layoutOf(figure), config).then(() => {
      place.closest('figure').classList.add('drawn');
    });
  };
  const start = () => {
    const seen = new Set();
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          watcher.unobserve(target);
          const place = target.querySelector('[data-figure]');
          seen.add(place);
          draw(place);
        }
      },
      { rootMargin: '400px' },
    );
    for (const place of places) watcher.observe(place.closest('figure'));
    dark.addEventListener('change', () => seen.forEach(draw));
  };

  const packed = Uint8Array.from(atob(text('plotly')), (character) => character.charCodeAt(0));
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  new Response(inflated).text().then((source) => {
    // The policy knows this text by its hash.
    const script = document.createElement('script');
    script.textContent = source;
    document.head.append(script);
    if (window.Plotly !== undefined) start();
  });
})();
