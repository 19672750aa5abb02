import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { folderWith } from './cli.js';

/** A published version: its package.json, without `name` and `version`, and its files. */
export interface Published {
  readonly name: string;
  readonly version: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
}

/** A registry on loopback that serves these versions as real tarballs. Gives its address; closed after the test. */
export async function registryWith(
  published: readonly Published[],
  tags: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<string> {
  const tarballs = new Map(published.map((each) => [`/${each.name}/-/${each.version}.tgz`, tarballOf(each)]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const tarball = tarballs.get(path);
    if (tarball !== undefined) return response.end(tarball);
    const versions = published.filter(({ name }) => `/${name}` === path);
    const [first] = versions;
    if (first === undefined) return response.writeHead(404).end('{}');
    const entries = versions.map(({ name, version, manifest }) => {
      const place = `/${name}/-/${version}.tgz`;
      const integrity = `sha512-${createHash('sha512')
        .update(tarballs.get(place) ?? '')
        .digest('base64')}`;
      const dist = { tarball: `${address}${place}`, integrity };
      return [version, { ...manifest, name, version, dist }];
    });
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        name: first.name,
        'dist-tags': { latest: versions.at(-1)?.version, ...tags[first.name] },
        versions: Object.fromEntries(entries),
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return address;
}

function tarballOf({ name, version, manifest, files }: Published): Buffer {
  const root = folderWith();
  const contents = { 'package.json': JSON.stringify({ ...manifest, name, version }), ...files };
  for (const [file, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, 'package', file)), { recursive: true });
    writeFileSync(join(root, 'package', file), text);
  }
  spawnSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: root });
  return readFileSync(join(root, 'package.tgz'));
}
