import type { TagRef } from './tags.ts';
import { seriesId, type Version } from './version.ts';

/** A tag whose name is a kernel version. */
export interface VersionTag extends TagRef {
  version: Version;
}

/** A series of versions and the tag that stands for it. */
export interface Candidate {
  /** `v6.12`, or `v6.12.107` for an entry of the line `6.12.y`. */
  id: string;
  line: string;
  tag: VersionTag;
  preview: boolean;
}

/** A tag as its series' entry in the mainline. */
export function ofMainline(tag: VersionTag, preview: boolean): Candidate {
  return { id: seriesId(tag.version), line: 'mainline', tag, preview };
}
