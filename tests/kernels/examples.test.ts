import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import { invent } from '../repositories.ts';
import { atlasOf, kernels, run, workshop } from './atlas.ts';
import type { Files } from './base.ts';
import { kfuncFile, source } from './c.ts';

const HELPERS = 'kernel/bpf/helpers.c';
const LAMPS = 'Documentation/bpf/lamps.rst';
const dir = workshop();

/** A document that shows a kfunc in two ways, after `above`. */
function lamps(name: string, ...above: string[]): string {
  return source(
    ...['Lamps', '=====', '', ...above, 'Of Halls', '--------', ''],
    ...['.. kernel-doc:: kernel/bpf/helpers.c', `   :identifiers: ${name}`, ''],
    ...['It is used so::', '', `\tlamp = ${name}(3);`, '\tif (!lamp)', '\t\treturn -ENOENT;'],
  );
}

function tree(document: string, more: Files = {}): Files {
  return {
    [HELPERS]: kfuncFile('lamp', ['XDP'], [{ name: 'bpf_lamp_get' }]),
    [LAMPS]: document,
    ...more,
  };
}

test('tells where the documents of each release show a kfunc, and keeps the code', async () => {
  const { dataset, diagnostics } = await atlasOf(
    kernels({
      'v6.11': tree(lamps('bpf_lamp_put')),
      'v6.12': tree(lamps('bpf_lamp_get')),
      'v6.13': tree(lamps('bpf_lamp_get', 'Lamps give light.', '')),
    }),
  );
  expect(diagnostics).toEqual([]);
  const told = dataset.releaseFiles.map(({ id, examples }) => [
    id,
    Object.entries(examples).map(([name, list]) => [name, list.map((e) => `${e.kind} ${e.line}`)]),
  ]);
  expect(told).toEqual([
    ['v6.11', []],
    ['v6.12', [['bpf_lamp_get', ['kernel-doc 8', 'code 12']]]],
    ['v6.13', [['bpf_lamp_get', ['kernel-doc 10', 'code 14']]]],
  ]);
  const [, code] = dataset.releaseFiles[2]!.examples.bpf_lamp_get!;
  expect(code).toMatchObject({ file: LAMPS, anchor: 'of-halls' });
  expect(dataset.prose!.get(code!.title!)).toBe('Lamps\nOf Halls');
  expect(dataset.prose!.get(code!.hash!)).toBe(
    'lamp = bpf_lamp_get(3);\nif (!lamp)\n        return -ENOENT;',
  );
});

test('reads documents of no other place, nor what is no document', async () => {
  const { dataset } = await atlasOf(
    kernels({
      'v6.12': {
        [HELPERS]: kfuncFile('lamp', ['XDP'], [{ name: 'bpf_lamp_get' }]),
        'Documentation/admin-guide/lamps.rst': lamps('bpf_lamp_get'),
        'Documentation/bpf/lamps.txt': lamps('bpf_lamp_get'),
        'Documentation/bpf/deep/er/lamps.rst': lamps('bpf_lamp_get'),
      },
    }),
  );
  expect(dataset.releaseFiles[0]!.examples.bpf_lamp_get!.map(({ file }) => file)).toEqual([
    'Documentation/bpf/deep/er/lamps.rst',
    'Documentation/bpf/deep/er/lamps.rst',
  ]);
});

test('takes what a strange document holds for what it is', async () => {
  const strange = source(
    ...['\0\u202e<script>', '=========', '', '::', '', '  constructor(1);', '  __proto__(2);'],
    ...['  /* never closed bpf_lamp_get(', '', '.. code-block:: c', '', `  ${'('.repeat(9000)}`],
    ...['.. kernel-doc:: x', '   :identifiers: toString hasOwnProperty bpf_lamp_get', ''],
  );
  const { dataset, diagnostics } = await atlasOf(kernels({ 'v6.12': tree(strange) }));
  expect(diagnostics).toEqual([]);
  const { examples } = dataset.releaseFiles[0]!;
  expect(Object.keys(examples)).toEqual(['bpf_lamp_get']);
  expect(examples.bpf_lamp_get).toMatchObject([{ kind: 'kernel-doc', line: 14 }]);
});

test('reports a document that is too long, and reads the others', async () => {
  const long = lamps('bpf_lamp_get') + 'lamp '.repeat(1_000_000);
  const { dataset, diagnostics } = await atlasOf(
    kernels({ 'v6.12': tree(long, { 'Documentation/bpf/other.rst': lamps('bpf_lamp_get') }) }),
  );
  expect(diagnostics).toEqual([expect.stringMatching(/^Documentation\/bpf\/lamps\.rst: warning:/)]);
  expect(dataset.releaseFiles[0]!.examples.bpf_lamp_get).toHaveLength(2);
});

test('--facts-only has the same records, and a kept document gives what it gave', async () => {
  const linux = join(dir, 'linux');
  const commits = kernels({
    'v6.11': tree(lamps('bpf_lamp_get')),
    'v6.12': tree(lamps('bpf_lamp_get')),
  });
  invent(linux, commits);
  const texts = (out: string): string[] =>
    readdirSync(join(out, 'releases'))
      .sort()
      .map((name) => readFileSync(join(out, 'releases', name), 'utf8'));
  for (const name of ['whole', 'facts']) mkdirSync(join(dir, name));
  const [whole, facts] = ['whole', 'facts'].map((name) => join(dir, name, 'data'));
  await run(dir, { linux, out: whole!, cacheDir: join(dir, 'one') });
  // In two runs: the second takes the document from the first one's cache.
  const common = { linux, out: facts!, cacheDir: join(dir, 'two'), prose: false };
  await run(dir, { ...common, releases: 'v6.11' });
  await run(dir, common);
  expect(texts(facts!)).toEqual(texts(whole!));
  expect(texts(whole!).join('')).toContain('"anchor": "of-halls"');
  expect((await readDataset(facts!)).prose).toBeNull();
});
