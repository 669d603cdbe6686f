import { parseStanzas } from './apt-sources.ts';

/**
 * Names that stay while the releases behind them move on. Some mirrors lack them, or keep them
 * behind; so what they lead to is asked for by its own name too.
 */
const releases = ['oldoldstable', 'oldstable', 'stable', 'testing', 'unstable'];
export const suiteAliases = [
  ...releases,
  'oldoldstable-backports',
  'oldstable-backports',
  'stable-backports',
];

/** What a suite's Release file says, as far as it matters here. */
export interface SuiteRelease {
  /** The name it was asked for by. */
  name: string;
  codename: string;
  /** `Sat, 12 Sep 2026 07:55:41 UTC`, in milliseconds since 1970; 0 when it is not given. */
  date: number;
  /** Bytes to download for its list of packages; 0 when that is not given. */
  listSize: number;
}

/** Reads an InRelease or a Release file. null when it has no list of packages in `main`. */
export function parseRelease(
  name: string,
  text: string,
  architecture: string,
): SuiteRelease | null {
  const signed = text.replace(/^-----BEGIN PGP SIGNED MESSAGE-----\n(?:.+\n)*\n/, '');
  const fields = parseStanzas(signed.split('-----BEGIN PGP SIGNATURE')[0]!)[0];
  const path = `main/binary-${architecture}/Packages`;
  const sums = fields?.get('sha256') ?? '';
  if (fields === undefined || !sums.includes(path)) return null;
  const size = new RegExp(String.raw`(\d+) +${path}\.xz`).exec(sums)?.[1];
  const date = Date.parse(fields.get('date') ?? '');
  return {
    name,
    codename: fields.get('codename') ?? name,
    date: Number.isNaN(date) ? 0 : date,
    listSize: Number(size ?? 0),
  };
}

/** The names that may exist besides those that were asked for: what these are called themselves. */
export function furtherNames(found: readonly SuiteRelease[], asked: readonly string[]): string[] {
  const names = found.flatMap(({ codename }) =>
    codename.includes('-') ? [codename] : [codename, `${codename}-backports`],
  );
  const wellFormed = names.filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
  return [...new Set(wellFormed)].filter((name) => !asked.includes(name));
}

/** One name for each suite: where two lead to the same, the newer one, or else the suite's own. */
export function distinctSuites(found: readonly SuiteRelease[]): SuiteRelease[] {
  const best = new Map<string, SuiteRelease>();
  for (const suite of found) {
    const other = best.get(suite.codename);
    const better =
      other === undefined ||
      suite.date > other.date ||
      (suite.date === other.date && suite.name === suite.codename);
    if (better) best.set(suite.codename, suite);
  }
  return [...best.values()];
}

/** Why a suite could not be had, from what `apt-get update` printed; null when nothing was wrong. */
export function suiteProblem(output: string, suite: string): SuiteProblem | null {
  const about = output
    .split('\n')
    .filter((line) => /^(E|W|Err)(:|\d)/.test(line) || line.startsWith('  '))
    .filter((line, i, all) => {
      const named = (text: string) => new RegExp(String.raw`[ /]${suite}[ /]`).test(text);
      return named(line) || (line.startsWith('  ') && named(all[i - 1] ?? ''));
    })
    .join('\n');
  if (about === '') return null;
  if (/NO_PUBKEY|BADSIG|EXPKEYSIG|REVKEYSIG|GPG error|OpenPGP|not signed|signatures/i.test(about)) {
    return 'signature';
  }
  if (/\b404\b|File not found|No such file/.test(about)) return 'missing';
  if (
    /Could not resolve|Temporary failure|Could not connect|Cannot initiate|timed out|unreachable|\b5\d\d\b|proxy/i.test(
      about,
    )
  ) {
    return 'network';
  }
  return /does not have a Release file|no longer has a Release/.test(about) ? 'missing' : 'other';
}

export type SuiteProblem = 'signature' | 'missing' | 'network' | 'other';
