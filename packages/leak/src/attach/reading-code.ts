/**
 * What reads a program from inside, as text: it gives an object of functions that say what `readHeld`, `openByKind` and
 * `ownCapacity` say of this process. `null` is what cannot be read there.
 *
 * `require` is that of the inspector's console, which programs of ES modules have too.
 */
export const readingCode: string = `(() => {
  const fs = require('fs');
  const v8 = require('v8');
  const process = require('process');
  const attempt = (read) => {
    try { return read(); } catch { return null; }
  };
  const handles = () => attempt(() => process.getActiveResourcesInfo());
  const descriptors = () => attempt(() => fs.readdirSync('/proc/self/fd'));
  const target = (fd) => attempt(() => fs.readlinkSync('/proc/self/fd/' + fd));
  return {
    held() {
      const { heapUsed, external, rss } = process.memoryUsage();
      const native = Math.max(0, rss - v8.getHeapStatistics().total_physical_size);
      const listed = descriptors();
      // One of them is the listing itself.
      const fd = listed === null ? null : listed.length - 1;
      return { heap: heapUsed, external, rss: native, fd, handle: handles()?.length ?? null };
    },
    open() {
      const targets = (descriptors() ?? []).map(target);
      return { targets: targets.filter((to) => to !== null), handles: handles() ?? [] };
    },
    capacity() {
      const limits = attempt(() => fs.readFileSync('/proc/self/limits', 'utf8'));
      return { heap: v8.getHeapStatistics().heap_size_limit, limits: limits ?? '' };
    },
  };
})()`;
