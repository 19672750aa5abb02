export type { ParamSpace, Probe, Suite } from '@perf/schema';
export { fails, only, skip, suite } from '@perf/schema/core';
export type { DriveRequest } from './attach/drive.js';
export type { AttachOptions } from './attach/find-leaks-in.js';
export { findLeaksIn, measureLeaksIn } from './attach/find-leaks-in.js';
export type { FindLeaksOptions } from './find-leaks.js';
export { findLeaks } from './find-leaks.js';
export type { Held, HeldResource } from './held/read-held.js';
export { leak } from './leak.js';
export { LeakError } from './leak-error.js';
export type { Fixture, HuntOptions, LeakFixture, LeakOptions, PointOf } from './leak-options.js';
export type { LeakReport } from './leak-report.js';
export { leakSummaries } from './leak-summaries.js';
export { memory } from './memory.js';
export type { DetectorFinding, DetectorOptions, DetectorReport } from './memory-leak-detector.js';
export { MemoryLeakDetector } from './memory-leak-detector.js';
export type { MemoryOptions } from './memory-options.js';
export type { HeapPeakOptions } from './profile/heap-peak.js';
export { heapPeak } from './profile/heap-peak.js';
export type {
  HeapProfile,
  HeapProfileFrame,
  HeapProfileNode,
  HeapProfileSample,
} from './profile/heap-profile.js';
export type { HeapProfileDiff } from './profile/heap-profile-diff.js';
export { heapProfileDiff } from './profile/heap-profile-diff.js';
export type { HeapProfileListOptions, HeapProfileTop } from './profile/heap-profile-top.js';
export { heapProfileTop } from './profile/heap-profile-top.js';
export type { HeapProfiler, HeapProfilerOptions } from './profile/heap-profiler.js';
export { startHeapProfiler } from './profile/heap-profiler.js';
export type { HeapProfileKey, HeapSite } from './profile/heap-sites.js';
export type { HeapPeak } from './profile/peak-watch.js';
export { profileHeap } from './profile/profile-heap.js';
export { readHeapProfile } from './profile/read-heap-profile.js';
export { writeHeapProfile } from './profile/write-heap-profile.js';
export type { Retention, RetentionOptions } from './retention/what-retains.js';
export { whatRetains } from './retention/what-retains.js';
export { readSnapshot } from './snapshot/read-snapshot.js';
export type { SnapshotDiff } from './snapshot/snapshot-diff.js';
export { snapshotDiff } from './snapshot/snapshot-diff.js';
export type { HeapSnapshot } from './snapshot/snapshot-reader.js';
export type { SnapshotTop } from './snapshot/snapshot-top.js';
export { snapshotTop } from './snapshot/snapshot-top.js';
export { openByKind } from './subject/open-by-kind.js';
export type { OpenByKind } from './subject/subject.js';
export type { MemoryWatch, MemoryWatchEvents } from './watch/memory-watch.js';
export type { Suspicion } from './watch/suspicion.js';
export type { WatchCost } from './watch/watch-cost.js';
export { watchMemory } from './watch/watch-memory.js';
export type { WatchOptions } from './watch/watch-options.js';
export type { WatchFinding, WatchReport } from './watch/watch-report.js';
export type { WatchSnapshot } from './watch/write-snapshot.js';
