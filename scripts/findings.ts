import { formatDiagnostic } from '../src/diagnostic.ts';
import type { ExtractReport } from '../src/extract/extract.ts';

/** Diagnostics that are printed without `--verbose`; the rest are counted. */
const SHOWN = 20;

/** What a reader of the result must know, though nothing is wrong. */
const ABOUT_RELEASES: ReadonlySet<string> = new Set(['stand-in', 'preview']);

/**
 * Tells on stderr what an extraction found odd, each thing once, and what its cache has to say.
 *
 * @param verbose whether all of it is told, and not what matters most
 */
export function printFindings(
  { diagnostics, cache }: Pick<ExtractReport, 'diagnostics' | 'cache'>,
  verbose: boolean,
): void {
  const wanted = diagnostics.filter(
    (d) => verbose || d.severity !== 'info' || ABOUT_RELEASES.has(d.code),
  );
  const distinct = [...new Set(wanted.map(formatDiagnostic))];
  const shown = verbose ? distinct : distinct.slice(0, SHOWN);
  for (const line of shown) process.stderr.write(`${line}\n`);
  if (distinct.length > shown.length) {
    process.stderr.write(
      `… and ${distinct.length - shown.length} more: extract --verbose shows them all.\n`,
    );
  }
  if (cache.damaged > 0) {
    process.stderr.write(`${cache.damaged} damaged cache entries were rebuilt.\n`);
  }
  if (cache.unwritable !== null) process.stderr.write(`${cache.unwritable}\n`);
}
