import type { KernelPackage } from './choose.ts';

/** What an import takes, in bytes and seconds. */
export interface Cost {
  download: number;
  /** What stays. */
  repository: number;
  /** What has to be free while it runs. */
  peak: number;
  /** On two cores, without the download. */
  seconds: number;
}

/** apt's lists of packages, kept for the next run, and the index that it makes of them for a while. */
const LISTS = 110e6;
const INDEX = 240e6;

/**
 * Measured on Debian's packages of 5.10 to 7.3: the first tree takes 1.75 times the size of its package
 * in git, and each further one, being much like it, 0.2 times.
 */
export function costOf(packages: readonly KernelPackage[]): Cost {
  const sizes = packages.map(({ size }) => size);
  const download = sizes.reduce((sum, size) => sum + size, 0);
  const largest = Math.max(0, ...sizes);
  const repository = 1.75 * largest + 0.2 * (download - largest);
  const peak = LISTS + INDEX + download + 1.2 * repository;
  return { download, repository: repository + LISTS, peak, seconds: download / 7e6 };
}

/** How much source a package unpacks to, for a progress bar. */
export function unpackedSize({ size }: KernelPackage): number {
  return 9.4 * size;
}

/** `746 MB` */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}

/** `less than a minute`, `about 3 minutes` */
export function minutes(seconds: number): string {
  const rounded = Math.ceil(seconds / 60);
  return rounded <= 1 ? 'about a minute' : `about ${rounded} minutes`;
}
