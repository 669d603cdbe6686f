/** What git children that go through many blobs keep in memory. */

/**
 * A setting, for the objects that others are deltas of. By path, the next delta's base is among the last
 * few; more, as much as git's own 96 MB, costs fresh memory and gains nothing.
 */
export const BASES = 'core.deltaBaseCacheLimit=24m';

/**
 * Variables of glibc (mallopt(3)): the memory of a large blob stays with the child for the next one. Else
 * it goes back, and comes again as fresh pages that have to be filled with zeros: a twentieth of the work.
 */
export const KEPT_MEMORY = {
  MALLOC_MMAP_THRESHOLD_: String(32 << 20),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
};
