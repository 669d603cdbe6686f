import { parseStanzas } from './apt-sources.ts';

/** A package with a kernel's source. */
export interface KernelPackage {
  /** `linux-source-6.12` */
  name: string;
  /** `6.12` */
  series: string;
  /** `6.12.107-1` */
  version: string;
  /** `v6.12.107`, as the version says; the tree has the last word. */
  tag: string;
  /** `trixie`: the first that apt lists it for. */
  suite: string;
  /** Bytes of the .deb. */
  size: number;
  sha256: string;
}

/**
 * Chooses the newest package of each series.
 *
 * @param madison what `apt-cache madison` printed, newest first for each package:
 *
 *     linux-source-6.12 | 6.12.107-1 | http://example.org/debian trixie/main amd64 Packages
 *
 * @param show what `apt-cache show` printed of the same packages
 * @returns newest series first
 */
export function choosePackages(madison: string, show: string): KernelPackage[] {
  const records = new Map(
    parseStanzas(show).map((fields) => [
      `${fields.get('package') ?? ''} ${fields.get('version') ?? ''}`,
      { size: Number(fields.get('size')), sha256: fields.get('sha256') ?? '' },
    ]),
  );
  const chosen = new Map<string, KernelPackage>();
  for (const line of madison.split('\n')) {
    const [name = '', version = '', place = ''] = line.split('|').map((part) => part.trim());
    const series = /^linux-source-(\d+\.\d+)$/.exec(name)?.[1];
    const tag = tagOfVersion(version);
    const record = records.get(`${name} ${version}`);
    if (series === undefined || tag === null || record === undefined || chosen.has(name)) continue;
    if (!/^[0-9a-f]{64}$/.test(record.sha256) || !Number.isSafeInteger(record.size)) continue;
    const suite = /\s(\S+)\/main\s/.exec(place)?.[1] ?? '';
    chosen.set(name, { name, series, version, tag, suite, ...record });
  }
  return [...chosen.values()].sort((a, b) => compareSeries(b.series, a.series));
}

/** `7.3.4-1~bpo13+1` -> `v7.3.4`, `7.4~rc3-1~exp1` -> `v7.4-rc3`; null for anything else. */
export function tagOfVersion(version: string): string | null {
  const match = /^(?:\d+:)?(\d+\.\d+(?:\.\d+)?)(?:~rc(\d+))?(?:[+~-]|$)/.exec(version);
  if (match === null) return null;
  return `v${match[1]!}${match[2] === undefined ? '' : `-rc${match[2]}`}`;
}

/**
 * The release that a tree's Makefile names: VERSION = 6, PATCHLEVEL = 12, SUBLEVEL = 107 ->
 * `v6.12.107`; SUBLEVEL = 0 -> `v6.12`; EXTRAVERSION counts when it is `-rcN`. null when it names none.
 */
export function tagOfMakefile(makefile: string): string | null {
  const [version, patchlevel, sublevel, extra] = [
    'VERSION',
    'PATCHLEVEL',
    'SUBLEVEL',
    'EXTRAVERSION',
  ].map(
    (name) => new RegExp(`^${name}[ \\t]*=[ \\t]*(\\S*)[ \\t]*$`, 'm').exec(makefile)?.[1] ?? '',
  );
  if (!/^\d+$/.test(version!) || !/^\d+$/.test(patchlevel!)) return null;
  const point = /^[1-9]\d*$/.test(sublevel!) ? `.${sublevel!}` : '';
  return `v${version!}.${patchlevel!}${point}${/^-rc\d+$/.test(extra!) ? extra! : ''}`;
}

function compareSeries(a: string, b: string): number {
  const [major = 0, minor = 0] = a.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = b.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}
