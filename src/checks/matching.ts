import type { Finding } from './check.ts';
import type { Exception } from './exceptions.ts';
import { compareVersions, versionOf } from './versions.ts';

/** Whether a pattern, in which `*` stands for any characters, fits a text as a whole. */
export function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

/** Whether a release is among `v6.10..v7.2` or `v6.15..` (by version, ends included), or fits a pattern. */
export function isAmong(releases: string, release: string): boolean {
  const [first, last] = releases.split('..');
  if (last === undefined) return fits(releases, release);
  const [low, high, own] = [versionOf(first!), versionOf(last), versionOf(release)];
  if (!low || !own) return false;
  return compareVersions(low, own) <= 0 && (!high || compareVersions(own, high) <= 0);
}

/** Whether an exception is about a finding of the check it names. */
export function excuses(exception: Exception, check: string, finding: Finding): boolean {
  const { subject, release } = finding;
  return (
    exception.check === check &&
    fits(exception.subject, subject) &&
    (release === null ? exception.releases === '*' : isAmong(exception.releases, release))
  );
}
