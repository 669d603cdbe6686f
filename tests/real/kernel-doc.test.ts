import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { parseKernelDoc } from '../../src/kdoc/index.ts';
import { readText, runTool, type ToolRun } from '../kdoc/kernel-tool.ts';
import { KNOWN_DIFFERENCES } from '../kdoc/known-differences.ts';
import { differences, documentedIn, type Documented } from '../kdoc/side-by-side.ts';
import { readToolOutput } from '../kdoc/tool-output.ts';
import { readCases, runCase, type Outcome } from '../kdoc/upstream-cases.ts';

/** Our reading of kernel-doc beside that of the kernel's own tool, as each release has it. */
const { linux, data, work } = inject('kernels');
const CASES = 'tools/unittests/kdoc-test.yaml';

let repo: Repository;
let dataset: Dataset;

beforeAll(async () => {
  repo = await openRepository(linux);
  dataset = await readDataset(data);
});
afterAll(() => repo.close());

async function treeOf(release: string) {
  const entry = dataset.releases.find(({ id }) => id === release)!;
  return repo.listTree((await repo.resolve(entry.tag)).commit);
}

/** Releases that have kfuncs. */
function releases(): string[] {
  return dataset.releases
    .map(({ id }) => id)
    .filter((_, i) => Object.keys(dataset.releaseFiles[i]!.definitions).length > 0);
}

/** The files of a release that define a kfunc, with the names that each defines. */
function definingFiles(release: string): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  const at = dataset.releases.findIndex(({ id }) => id === release);
  for (const [name, places] of Object.entries(dataset.releaseFiles[at]!.definitions)) {
    for (const { file } of places) files.set(file, (files.get(file) ?? new Set()).add(name));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function readSources(release: string): Promise<Map<string, string>> {
  const tree = await treeOf(release);
  const paths = [...definingFiles(release).keys()];
  const texts = await Promise.all(paths.map((path) => readText(repo, tree, path)));
  return new Map(paths.map((path, i) => [path, texts[i]!]));
}

interface Side {
  release: string;
  files: number;
  documented: (Documented & { path: string })[];
  run: ToolRun | { missing: string };
  /** Of each kfunc that differs, in what. */
  found: { kfunc: string; difference: string }[];
}

async function sideBySide(release: string): Promise<Side> {
  const sources = await readSources(release);
  const names = definingFiles(release);
  const run = await runTool(repo, await treeOf(release), sources, join(work, `kdoc-${release}`));
  const theirs = 'missing' in run ? null : readToolOutput(run.output);
  const documented = [...sources].flatMap(([path, source]) =>
    documentedIn(source, path, names.get(path)!).map((one) => ({ ...one, path })),
  );
  const found = theirs
    ? documented.flatMap(({ name, words }) =>
        differences(words, theirs.get(name)).map((difference) => ({ kfunc: name, difference })),
      )
    : [];
  const ours = new Set(documented.map(({ name }) => name));
  for (const kfunc of new Set([...names.values()].flatMap((of) => [...of]))) {
    if (theirs?.has(kfunc) && !ours.has(kfunc))
      found.push({ kfunc, difference: 'we have nothing' });
  }
  return { release, files: sources.size, documented, run, found };
}

const sides = new Map<string, Promise<Side>>();

function side(release: string): Promise<Side> {
  const made = sides.get(release) ?? sideBySide(release);
  sides.set(release, made);
  return made;
}

/** `kfunc: section return`, without the words. */
function subject({ kfunc, difference }: Side['found'][number]): string {
  return `${kfunc}: ${difference.split('\n', 1)[0]!}`;
}

const known = new Set(KNOWN_DIFFERENCES.map(({ kfunc, what }) => `${kfunc}: ${what}`));

function count(outcomes: readonly Outcome[], result: Outcome['result']): number {
  return outcomes.filter((outcome) => outcome.result === result).length;
}

function printCases(outcomes: readonly Outcome[]): void {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].sort();
  console.log('kind       outputs  passed  failed  not applicable');
  for (const kind of kinds) {
    const of = outcomes.filter((outcome) => outcome.kind === kind);
    const numbers = [of.length, count(of, 'passed'), count(of, 'failed')];
    const columns = numbers.map((n, i) => String(n).padStart([7, 8, 8][i]!)).join('');
    console.log(`${kind.padEnd(10)}${columns}${String(count(of, 'not applicable')).padStart(16)}`);
  }
  const reasons = outcomes.flatMap(({ reason }) => (reason === null ? [] : [reason]));
  for (const reason of new Set(reasons)) {
    console.log(`not applicable, ${reasons.filter((r) => r === reason).length}: ${reason}`);
  }
}

describe("the kernel's own cases", () => {
  test('pass: all of functions, macros and DOC blocks, and the words of all others', async ({
    skip,
  }) => {
    const trees = await Promise.all(releases().map(treeOf));
    const tree = trees.findLast((one) => one.has(CASES));
    skip(tree === undefined, `no release here has ${CASES}`);
    const cases = readCases(await readText(repo, tree!, CASES));
    const outcomes = cases.flatMap(runCase);
    console.log(`${cases.length} cases of ${CASES}`);
    printCases(outcomes);
    const failed = outcomes.filter(({ result }) => result === 'failed');
    expect(failed.map(({ name, output, ours }) => `${name} ${output}\n${ours}`)).toEqual([]);
    const ours = new Set(['function', 'define', 'doc']);
    const passed = outcomes.filter(({ kind }) => ours.has(kind));
    expect(passed.map(({ result }) => result)).toEqual(passed.map(() => 'passed'));
    expect(passed.length).toBeGreaterThan(30);
    expect(new Set(outcomes.map(({ name }) => name)).size).toBe(cases.length);
  });
});

describe("beside the kernel's tool, of each kfunc's kernel-doc", () => {
  test('all sections, parameters and words are the same, but for what is listed', async ({
    skip,
  }) => {
    const all: string[] = [];
    const missing = new Set<string>();
    for (const release of releases()) {
      const { run, files, documented, found } = await side(release);
      if ('missing' in run) {
        console.log(`${release}: skipped, since ${run.missing} is not installed`);
        missing.add(run.missing);
        continue;
      }
      const differing = new Set(found.map(({ kfunc }) => kfunc)).size;
      console.log(
        `${release}: ${documented.length} kfuncs with kernel-doc in ${files} files, ` +
          `${documented.length - differing} the same as of ${run.tool.script}, ${differing} not`,
      );
      const unknown = found.filter((one) => !known.has(subject(one)));
      expect(unknown.map(({ kfunc, difference }) => `${release} ${kfunc}: ${difference}`)).toEqual(
        [],
      );
      expect(documented.length).toBeGreaterThan(0);
      all.push(...found.map(subject));
    }
    skip(missing.size > 0, `not installed: ${[...missing].join(', ')}`);
    // What no longer differs has no place in the list.
    expect([...known].filter((one) => !all.includes(one))).toEqual([]);
  });

  test('all that the tool warns about is a diagnostic', async () => {
    for (const release of releases()) {
      const { run, documented } = await side(release);
      if ('missing' in run || run.warnings.length === 0) continue;
      const missing: string[] = [];
      let told = 0;
      for (const { name, path, comment, line, diagnostics } of documented) {
        const end = line + comment.split('\n').length;
        const names = new RegExp(`(?:in|of) '${name}'$|Prototype was for ${name}\\(`);
        for (const warning of run.warnings.filter((one) => one.path === path)) {
          const within = warning.line >= line && warning.line <= end;
          const isOther = /'\w+'$/.test(warning.message) || warning.message.includes('Prototype');
          if (!names.test(warning.message) && (!within || isOther)) continue;
          told += 1;
          if (!diagnostics.some(({ message }) => message === warning.message)) {
            missing.push(`${path}:${warning.line}: ${warning.message}`);
          }
        }
      }
      console.log(`${release}: ${told} warnings of the tool about kfuncs, all told here too`);
      expect(missing).toEqual([]);
      expect(told).toBeGreaterThan(10);
    }
  });
});

test('all kernel-doc of the files of a release parses in well under a second', async () => {
  const newest = releases().at(-1)!;
  const comments = [...(await readSources(newest)).values()].flatMap(
    (source) => source.match(/^[ \t]*\/\*\*[ \t]*\n[^]*?\*\//gm) ?? [],
  );
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    for (const comment of comments) parseKernelDoc(comment.trimStart());
    return performance.now() - start;
  });
  const bytes = comments.reduce((sum, comment) => sum + comment.length, 0);
  console.log(
    `${newest}: ${comments.length} comments, ${(bytes / 1024).toFixed(0)} KiB, parse in ` +
      `${times[0]!.toFixed(0)} ms at first, ${Math.min(...times).toFixed(0)} ms when warm`,
  );
  expect(comments.length).toBeGreaterThan(100);
  expect(times[0]).toBeLessThan(500);
});
