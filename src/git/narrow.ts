import { UserError } from '../user-error.ts';
import { ofMainline, type Candidate, type VersionTag } from './candidate.ts';
import { printable } from './errors.ts';
import { compareSeries, compareVersions, parseVersion, seriesId, type Version } from './version.ts';

/**
 * What `--releases` leaves of the releases: a list with commas, of
 *
 * - names, `v6.12` or the tag that stands for it; the `v` may be left out;
 * - globs over these, `v6.*`, `v6.1?`, where `*` is any run of characters;
 * - ranges, `v6.1..v6.12`, both ends included, either end open;
 * - stable tags and candidates by full name, `v6.12.107`, `v6.13-rc3`, though the series has a nearer
 *   tag. Such a tag stands for its series (id `v6.12`) unless the list has the series itself, or a
 *   newer tag of it: then a stable tag is an entry of the line `6.12.y` under its own name, and a
 *   candidate is not taken a second time.
 *
 * @param all what there is without narrowing, oldest first
 * @param versions all tags that are versions, oldest first
 * @returns the mainline, oldest first, then entries of other lines
 * @throws UserError for an item that fits nothing, which names some that there are
 */
export function narrow(
  only: string,
  all: readonly Candidate[],
  versions: readonly VersionTag[],
): Candidate[] {
  const items = only.split(',').map((item) => item.trim());
  const wanted = items.filter((item) => item !== '');
  if (wanted.length === 0)
    throw new UserError('--releases is empty: give v6.*, v6.1..v6.12 or a list.');
  const chosen = new Set<Candidate>();
  const named = new Set<VersionTag>();
  for (const item of wanted) {
    const name = /^[0-9]/.test(item) ? `v${item}` : item;
    const fitting = all.filter(matcher(name));
    for (const candidate of fitting) chosen.add(candidate);
    const tag = fitting.length === 0 ? versions.find((v) => v.name === name) : undefined;
    if (tag) named.add(tag);
    else if (fitting.length === 0) throw fitsNone(item, all);
  }
  return [...chosen, ...byName([...named], [...chosen], all)].sort(
    (a, b) =>
      Number(b.line === 'mainline') - Number(a.line === 'mainline') ||
      compareVersions(a.tag.version, b.tag.version),
  );
}

/** Whether a candidate is one that an item of the list means. */
function matcher(item: string): (candidate: Candidate) => boolean {
  const range = /^(.*?)\.\.(.*)$/.exec(item);
  if (range) {
    const from = bound(range[1]!, item);
    const to = bound(range[2]!, item);
    return ({ tag: { version } }) =>
      (from === null || compareSeries(version, from) >= 0) &&
      (to === null || compareSeries(version, to) <= 0);
  }
  const glob = globPattern(item);
  return ({ id, tag }) => glob.test(id) || glob.test(tag.name);
}

/** An end of a range; null when it is open. The release need not exist. */
function bound(text: string, item: string): Version | null {
  if (text.trim() === '') return null;
  const version = parseVersion(text.trim().replace(/^(?=[0-9])/, 'v'));
  if (version === null) {
    throw new UserError(
      `--releases ${printable(item)}: ${printable(text)} is no release; a range is written v6.1..v6.12.`,
    );
  }
  return version;
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/[^A-Za-z0-9]/g, (c) =>
    c === '*' ? '.*' : c === '?' ? '.' : `\\u{${c.codePointAt(0)!.toString(16)}}`,
  );
  return new RegExp(`^${source}$`, 'u');
}

/** Entries for tags that the list gives by full name and the selection would not have. */
function byName(
  named: readonly VersionTag[],
  chosen: readonly Candidate[],
  all: readonly Candidate[],
): Candidate[] {
  const taken = new Set(chosen.map(({ id }) => id));
  const newestFirst = named.toSorted((a, b) => compareVersions(b.version, a.version));
  return newestFirst.flatMap((tag): Candidate[] => {
    const { major, minor, stable, candidate } = tag.version;
    const series = seriesId(tag.version);
    if (!taken.has(series)) {
      taken.add(series);
      const isAhead = all.every((c) => c.preview || compareSeries(c.tag.version, tag.version) < 0);
      return [ofMainline(tag, candidate !== null && isAhead)];
    }
    return stable === null
      ? []
      : [{ id: tag.name, line: `${major}.${minor}.y`, tag, preview: false }];
  });
}

function fitsNone(item: string, all: readonly Candidate[]): UserError {
  const names = all.map(({ id }) => id);
  const some = names.length > 6 ? [...names.slice(0, 3), '…', ...names.slice(-3)] : names;
  return new UserError(
    `--releases ${printable(item)} fits no release; there are ${some.join(', ')}.`,
  );
}
