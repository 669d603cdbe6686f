import type { Finding } from './check.ts';
import type { Exception } from './exceptions.ts';
import { compareVersions, versionOf, type Version } from '../data/schema/index.ts';

/** Whether a pattern, in which `*` stands for any characters, fits a text as a whole. */
export function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

/**
 * Whether a release is among `v6.10..v7.2` or `v6.15..` (by series, ends included: v7.2.13 is of v7.2),
 * or fits a pattern. `names` are its id and its tag, which tells the version of a tree of another name.
 */
export function isAmong(releases: string, ...names: string[]): boolean {
  const [first, last] = releases.split('..');
  if (last === undefined) return names.some((name) => fits(releases, name));
  const [low, high] = [seriesOf(first!), seriesOf(last)];
  return names.some((name) => {
    const own = seriesOf(name);
    if (!low || !own) return false;
    return compareVersions(low, own) <= 0 && (!high || compareVersions(own, high) <= 0);
  });
}

function seriesOf(text: string): Version | null {
  const version = versionOf(text);
  return version && [version[0], version[1], 0, 0];
}

/** Whether an exception is about a finding of the check it names; `tag` is that of its release. */
export function excuses(
  exception: Exception,
  check: string,
  { subject, release }: Finding,
  tag = '',
): boolean {
  return (
    exception.check === check &&
    fits(exception.subject, subject) &&
    (release === null ? exception.releases === '*' : isAmong(exception.releases, release, tag))
  );
}
