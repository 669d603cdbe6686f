import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostic.ts';
import { foldHistory } from './fold.ts';
import { kfunc, release, words } from './testing.ts';

const kettle = kfunc('bpf_kettle_boil');

test('lists releases oldest first, mainline before other lines, and a file for each', () => {
  const { releases, releaseFiles } = foldHistory([
    release('anvil', [], { line: 'anvil' }),
    release('v7.0', []),
    release('v6.1.3', [], { line: '6.1.y' }),
    release('v6.1', []),
  ]);
  const ids = ['v6.1', 'v7.0', 'v6.1.3', 'anvil'];
  expect(releases.map((r) => r.id)).toEqual(ids);
  expect(releaseFiles.map((r) => r.id)).toEqual(ids);
});

test('gives nothing for no readings', () => {
  expect(foldHistory([])).toEqual({
    releases: [],
    releaseFiles: [],
    kfuncs: [],
    prose: new Map(),
    diagnostics: [],
  });
});

test('says of an empty baseline that it lacks what the next release has', () => {
  const { kfuncs } = foldHistory([release('v5.10', []), release('v6.1', [kettle])]);
  expect(kfuncs[0]!.lines[0]!.spans).toEqual([
    { first: 'v6.1', after: 'v5.10', last: null, goneIn: null },
  ]);
});

test('puts a preview at the end of mainline, and takes what it lacks for gone', () => {
  const { kfuncs } = foldHistory([
    release('v7.4-rc2', [], { preview: true }),
    release('v7.3', [kettle]),
  ]);
  expect(kfuncs[0]).toMatchObject({ status: 'active' });
  expect(kfuncs[0]!.lines[0]!.spans[0]!.goneIn).toBe('v7.4-rc2');
});

test('keeps positions in the files of releases, by name, and out of the records', () => {
  const said = kfunc('bpf_anvil_strike', { deprecation: [words()] });
  const history = foldHistory([release('v6.1', [kettle, said])]);
  expect(history.releaseFiles[0]).toMatchObject({
    definitions: {
      bpf_anvil_strike: [{ file: 'kernel/bpf/kitchen.c', line: 10 }],
      bpf_kettle_boil: [{ file: 'kernel/bpf/kitchen.c', line: 10 }],
    },
    entries: { bpf_kettle_boil: [{ set: 'kitchen_set', line: 90 }] },
    deprecations: { bpf_anvil_strike: [{ file: 'kernel/bpf/kitchen.c', line: 5 }] },
  });
  expect(Object.keys(history.releaseFiles[0]!.definitions)[0]).toBe('bpf_anvil_strike');
  expect(Object.keys(history.releaseFiles[0]!.deprecations)).toEqual(['bpf_anvil_strike']);
  expect(JSON.stringify(history.kfuncs)).not.toContain('"line":');
});

test('takes names that JavaScript knows for names like others', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const list = names.map((name) => kfunc(name));
  const history = foldHistory([release('v6.1', list), release('v6.2', [...list, kettle])]);
  expect(history.kfuncs.map((k) => k.name)).toEqual([
    '__proto__',
    'bpf_kettle_boil',
    ...names.slice(1),
  ]);
  expect(Object.keys(history.releaseFiles[0]!.definitions)).toEqual(names);
});

test("gathers the kernel's words of all releases, by hash", () => {
  const { prose } = foldHistory([
    release('v6.2', [], { prose: { b2: 'boils', a1: 'heats' } }),
    release('v6.1', [], { prose: { c3: 'cools', a1: 'heats' } }),
  ]);
  expect([...prose]).toEqual([
    ['a1', 'heats'],
    ['b2', 'boils'],
    ['c3', 'cools'],
  ]);
});

test('does not repeat what the readings reported', () => {
  const diagnostics: Diagnostic[] = [
    { code: 'odd', severity: 'warning', release: 'v6.1', path: 'a.c', line: 1, message: 'Odd.' },
  ];
  expect(foldHistory([{ ...release('v6.1', []), diagnostics }]).diagnostics).toEqual([]);
});
