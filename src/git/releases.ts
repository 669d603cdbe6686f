import type { ReleaseEntry } from '../data/schema/index.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { UserError } from '../user-error.ts';
import { ofMainline, type Candidate, type VersionTag } from './candidate.ts';
import { missingObject, printable, type Place } from './errors.ts';
import type { NamedRef } from './named-refs.ts';
import { narrow } from './narrow.ts';
import type { TagRef } from './tags.ts';
import { compareSeries, compareVersions, parseVersion, seriesId, type Version } from './version.ts';

/** kfuncs begin with v5.13. */
const FIRST_WITH_KFUNCS: Version = { major: 5, minor: 13, stable: null, candidate: null };

/**
 * Chooses the releases that a run reads, from version numbers alone, never from ancestry.
 *
 * - A release is a tag vX.Y from v5.13 on. A series without one is stood for by its newest stable
 *   tag (`v6.12.107` as v6.12).
 * - The newest series before v5.13 comes too, as a baseline without kfuncs.
 * - The newest -rcN is a preview of its release while no release is as new.
 * - All other tags (v2.6.39, next-20240101, v6.1-rt4) are no releases.
 * - `only` narrows this: see narrow.ts.
 * - Each of `refs` is an entry of a line of its own, after the releases.
 *
 * @param place the repository, for the words of errors
 * @param only the value of `--releases`; undefined for all
 * @returns oldest first; a diagnostic (`stand-in`, `preview`) for each that is not a release itself
 * @throws UserError when there is none, `only` fits none, or an object of one is missing
 */
export function selectReleases(
  place: Place,
  tags: readonly TagRef[],
  { releases: only, refs = [] }: { releases?: string | undefined; refs?: readonly NamedRef[] } = {},
): Parsed<ReleaseEntry[]> {
  const versions = tags.flatMap((tag): VersionTag[] => {
    const version = parseVersion(tag.name);
    return version === null ? [] : [{ ...tag, version }];
  });
  versions.sort((a, b) => compareVersions(a.version, b.version));
  const all = candidates(versions);
  if (all.length === 0 && (only !== undefined || refs.length === 0))
    throw noReleases(place, versions);
  const chosen = only === undefined ? all : narrow(only, all, versions);
  const absent = chosen.find(({ tag }) => tag.missing !== null)?.tag;
  if (absent) throw missingObject(place, absent.missing!, `of tag ${absent.name}`, absent.name);
  const others = refs.map(({ name, rev, commit, date }): ReleaseEntry => ({
    id: name,
    line: name,
    tag: rev,
    exact: true,
    preview: false,
    date: date.slice(0, 10),
    commit,
  }));
  return {
    value: [...chosen.map(toEntry), ...others],
    diagnostics: chosen.flatMap(remark),
  };
}

/** What a run reads unless it is told otherwise. `versions` is in order. */
function candidates(versions: readonly VersionTag[]): Candidate[] {
  const series = Map.groupBy(versions, ({ version }) => seriesId(version));
  const standing = [...series.values()].flatMap((tags): VersionTag[] => {
    const tag = standIn(tags);
    return tag === undefined ? [] : [tag];
  });
  const hasKfuncs = (tag: VersionTag) => compareSeries(tag.version, FIRST_WITH_KFUNCS) >= 0;
  const releases = standing.filter(hasKfuncs);
  const newest = versions.at(-1);
  const isPreview =
    newest !== undefined &&
    newest.version.candidate !== null &&
    hasKfuncs(newest) &&
    standing.every((tag) => compareSeries(tag.version, newest.version) < 0);
  if (releases.length === 0 && !isPreview) return [];
  const baseline = standing.filter((tag) => !hasKfuncs(tag)).slice(-1);
  return [
    ...[...baseline, ...releases].map((tag) => ofMainline(tag, false)),
    ...(isPreview ? [ofMainline(newest, true)] : []),
  ];
}

/** Of the tags of one series, in order: the release itself, else the newest stable one. */
function standIn(tags: readonly VersionTag[]): VersionTag | undefined {
  const released = tags.filter(({ version }) => version.candidate === null);
  return released.find(({ version }) => version.stable === null) ?? released.at(-1);
}

function toEntry({ id, line, tag, preview }: Candidate): ReleaseEntry {
  return {
    id,
    line,
    tag: tag.name,
    exact: id === tag.name,
    preview,
    date: tag.date.slice(0, 10),
    commit: tag.commit,
  };
}

function remark({ id, tag, preview }: Candidate): Diagnostic[] {
  if (id === tag.name) return [];
  return [
    {
      code: preview ? 'preview' : 'stand-in',
      severity: 'info',
      release: id,
      path: null,
      line: null,
      message: preview ? `${tag.name} previews ${id}` : `${tag.name} stands for ${id}`,
    },
  ];
}

function noReleases(place: Place, versions: readonly VersionTag[]): UserError {
  const dir = printable(place.dir);
  const newest = versions.at(-1)?.name;
  const found = newest === undefined ? 'no release tags' : `no release tag newer than ${newest}`;
  return new UserError(
    `${dir} has ${found} (v5.13 and later have kfuncs): ` +
      `\`git -C ${dir} fetch --tags https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git\` brings them, ` +
      `\`git -C ${dir} fetch --depth 1 origin tag v6.12\` brings one, and \`--ref NAME=REV\` reads any commit.`,
  );
}
