import type { Prose } from './prose.ts';
import type { KfuncRecord, ReleaseEntry, ReleaseFile } from './schema/index.ts';

/** All of `content/data`, in memory. */
export interface Dataset {
  /** In the order of `releases.json`: oldest first within a line. */
  releases: ReleaseEntry[];
  /** One for each entry of `releases`. */
  releaseFiles: ReleaseFile[];
  /** Sorted by name. */
  kfuncs: KfuncRecord[];
  /** null in a dataset of facts only. */
  prose: Prose | null;
}
