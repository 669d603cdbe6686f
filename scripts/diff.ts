import { Command, Option } from 'commander';
import { resolve } from 'node:path';
import { diffDocument, severityOf } from '../src/api/diff.ts';
import { defaultCacheDir } from '../src/data/cache/location.ts';
import { findRelease } from '../src/data/find-release.ts';
import { readDataset } from '../src/data/read.ts';
import { differenceOf } from '../src/diff/difference.ts';
import { fits, onlyNamed } from '../src/diff/only.ts';
import { SEVERITIES, type Difference, type Severity } from '../src/diff/types.ts';
import { formatDiagnostic, type Diagnostic } from '../src/diagnostic.ts';
import { readRevisions } from '../src/extract/read-revisions.ts';
import { parseRange } from '../src/git/range.ts';
import { progressSteps } from '../src/progress.ts';
import { differenceMarkdown } from '../src/text/difference-markdown.ts';
import { differenceText, type Addresses } from '../src/text/difference.ts';
import { UserError } from '../src/user-error.ts';
import { compileQuickly } from './compile-quickly.ts';

const FORMATS = ['text', 'markdown', 'json'] as const;
/** As diff(1) has them: nothing differs, something does, and what could not be compared. */
const DIFFERS = 1;
const TROUBLE = 2;

interface Options {
  linux?: string;
  data: string;
  cache: string;
  format: (typeof FORMATS)[number];
  only?: string[];
  site?: string;
  exitCode: boolean;
  failOn?: Severity;
  quiet: boolean;
}

/** `kfunc-atlas diff A..B`: what differs for BPF programs, of a dataset or of any two revisions. */
export function command(): Command {
  return new Command('diff')
    .description(
      'tell what differs for BPF programs between two releases of the dataset or, with\n--linux, between any two revisions of a checkout, breaking changes first',
    )
    .argument('<A..B>', 'the older and the newer side: v6.12..v7.3, v7.3..my-branch')
    .option('--linux <dir>', 'a git repository that holds Linux: A and B are revisions of it')
    .option('--data <dir>', 'the dataset, without --linux', 'content/data')
    .addOption(
      new Option('--format <form>', 'plain text of 75 columns for a mail, Markdown, or JSON')
        .choices(FORMATS)
        .default('text'),
    )
    .option('--only <names>', "only these: names and globs, as in 'bpf_wq_init,scx_*'", namesOf)
    .option('--site <address>', 'where a site of this dataset is: footnotes lead to its pages')
    .option('--exit-code', 'end with 1 when something differs', false)
    .addOption(
      new Option('--fail-on <severity>', 'end with 1 when something is as grave as that').choices([
        'breaks-load',
        'may-break',
      ]),
    )
    .option('--cache <dir>', 'where facts are kept between runs', defaultCacheDir())
    .option('--quiet', 'no progress on stderr', false)
    .addHelpText(
      'after',
      '\nThe exit code is 0, 1 as --exit-code and --fail-on ask for it, or 2 when the two\ncould not be compared. The text can stand below the --- of a patch or in a cover\nletter. The JSON is that of a site’s /api/v1/diff/, whose schema it keeps.',
    )
    .action(async (range: string, options: Options) => {
      const difference = await compare(range, options).catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        throw new UserError(error.message, { exitCode: TROUBLE, cause: error });
      });
      process.stdout.write(render(difference, options));
      const severity = severityOf(difference);
      const isTooGrave =
        severity !== null &&
        options.failOn !== undefined &&
        SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(options.failOn);
      if (isTooGrave || (options.exitCode && severity !== null)) process.exitCode = DIFFERS;
    });
}

/** What stands between commas or blanks; an option given again adds to the one before. */
function namesOf(value: string, before: readonly string[] = []): string[] {
  const names = value.split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0) throw new UserError('--only names no kfunc.', { exitCode: TROUBLE });
  return [...before, ...names];
}

async function compare(range: string, options: Options): Promise<Difference> {
  const sides = parseRange(range);
  const site = options.site === undefined ? null : siteOf(options.site);
  options.site = site?.href;
  const difference = await (options.linux === undefined
    ? ofDataset(sides, options)
    : ofCheckout(sides, options.linux, options));
  return difference;
}

async function ofDataset(
  sides: { from: string; to: string },
  { data, only }: Options,
): Promise<Difference> {
  const dataset = await readDataset(resolve(data));
  const advice = 'With --linux DIR, any two revisions of a checkout can be compared.';
  const [from, to] = [sides.from, sides.to].map((side) => findRelease(dataset, side, advice));
  const names = dataset.kfuncs.map(({ name }) => name);
  return narrowed(differenceOf(dataset, from!.id, to!.id), names, only);
}

async function ofCheckout(
  sides: { from: string; to: string },
  linux: string,
  { cache, only, quiet }: Options,
): Promise<Difference> {
  compileQuickly();
  const read = await readRevisions(linux, sides, {
    cacheDir: resolve(cache),
    progress: progressSteps({ quiet }),
  });
  printErrors(read.diagnostics);
  const names = read.dataset.kfuncs.map(({ name }) => name);
  const difference = differenceOf(read.dataset, read.from.id, read.to.id);
  return {
    ...narrowed(difference, names, only),
    from: { ...read.from, id: sides.from },
    to: { ...read.to, id: sides.to },
  };
}

function narrowed(
  difference: Difference,
  names: readonly string[],
  only: readonly string[] | undefined,
): Difference {
  if (only === undefined) return difference;
  const strange = only.find((pattern) => !names.some((name) => fits(name, [pattern])));
  if (strange !== undefined) {
    throw new UserError(`--only ${JSON.stringify(strange)}: no kfunc has such a name.`);
  }
  return onlyNamed(difference, only);
}

/** What was read wrongly may differ wrongly: errors are told, the rest is `extract`'s to tell. */
function printErrors(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  for (const line of new Set(errors.map(formatDiagnostic))) process.stderr.write(`${line}\n`);
}

function siteOf(address: string): URL {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UserError(`--site ${JSON.stringify(address)} is no address: https://… is one.`);
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function render(difference: Difference, { format, linux, site }: Options): string {
  if (format === 'json') return `${JSON.stringify(diffDocument(difference), null, 2)}\n`;
  const addresses = site === undefined ? null : addressesAt(site, difference, linux !== undefined);
  return format === 'markdown'
    ? differenceMarkdown(difference, addresses)
    : differenceText(difference, addresses);
}

/** Revisions of a checkout have no page; the site is taken to know the kfuncs that both could have. */
function addressesAt(site: string, { from, to }: Difference, isOfCheckout: boolean): Addresses {
  const at = (path: string): string => new URL(path, site).href;
  return {
    diff: isOfCheckout ? null : at(`diff/${from.id}..${to.id}/`),
    kfunc: (name) => at(`k/${name}/`),
  };
}
