/**
 * Bundles the parts of plotly.js that the page uses into `dist/plotly.json`: compressed, with the hash under which the
 * page's policy lets it run, and with the licences of everything in it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const entry = fileURLToPath(new URL('./plotly-entry.mjs', import.meta.url));

/**
 * Texts for plotly's own documentation, a third of its weight. Its own release leaves them out in the same way
 * (tasks/util/compress_attributes.js in its repository).
 */
const descriptions =
  /\bdescription:\s*(?:\[(?:\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"),?|\s*\/\/[^\n]*\n)*\s*\]\.join\((?:'[^'\n]*'|"[^"\n]*")\)|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?=\s*[,}\n])/g;

/** esbuild plugin: without the style sheet of maps, which are not bundled, and without descriptions. */
const lean = {
  name: 'lean-plotly',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^maplibre-gl\// }, () => ({ path: 'none', namespace: 'none' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: '' }));
    esbuild.onLoad(
      { filter: /plotly\.js[\\/]src[\\/].*(?:attributes|attrs|plot_config)\.js$/ },
      ({ path }) => ({
        contents: readFileSync(path, 'utf8').replace(descriptions, "description: ''"),
        loader: 'js',
      }),
    );
  },
};

/**
 * Writes the bundle.
 *
 * @param {string} folder - Where to, such as `dist`.
 * @returns {Promise<{ bytes: number, compressed: number }>} Its size as script and as gzip.
 */
export async function writePlotly(folder) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    // The script is put into a page of any encoding, and its hash is over the very characters.
    charset: 'ascii',
    legalComments: 'none',
    define: { global: 'globalThis' },
    plugins: [lean],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const script = `${licences(Object.keys(metafile.inputs))}${outputFiles[0].text.trimEnd()}`;
  const packed = gzipSync(script, { level: 9 });
  writeFileSync(
    join(folder, 'plotly.json'),
    JSON.stringify({
      sha256: createHash('sha256').update(script).digest('base64'),
      gzip: packed.toString('base64'),
    }),
  );
  return { bytes: script.length, compressed: packed.length };
}

/** The licence of every package that went in, as a comment in ASCII. */
function licences(inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []),
  );
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n${text}`;
  });
  const plain = texts
    .join('\n\n')
    .replaceAll('*/', '* /')
    .replaceAll(/[^\n\x20-\x7e]/g, (character) => (character === '©' ? '(c)' : ''));
  return `/*\n${plain}\n*/\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, compressed } = await writePlotly(join(dirname(entry), '..', 'dist'));
  process.stdout.write(`plotly: ${bytes} bytes, ${compressed} compressed\n`);
}
