import { describe, expect, it } from 'vitest';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import type { Dataset } from '../data/dataset.ts';
import { change, datasetOf, entry, kfunc, span, state } from '../data/test-dataset.ts';
import { makeAtlas } from '../views/atlas.ts';
import { parseSourceBrowser } from '../views/source-browser.ts';
import { apiFiles } from './documents.ts';
import { kinds } from './kinds.ts';

/** Every document of a dataset, by its path below `/api/v1/`. */
function documentsOf(dataset: Dataset, site?: string, base = '/'): Map<string, unknown> {
  const atlas = makeAtlas(dataset, { base, browser: parseSourceBrowser('cgit'), site });
  const files = apiFiles(atlas).map(({ path, text }) => [path, JSON.parse(text())] as const);
  expect(new Set(files.map(([path]) => path)).size).toBe(files.length);
  return new Map(files);
}

const wait = state('v6.2', null);
const dim = state('v6.1', 'v6.1', { flags: ['KF_SLEEPABLE'] });
const tree = { line: 'debian-13', date: '2025-08-09' };
const dataset = datasetOf(
  [entry('v6.1'), entry('v6.2=v6.2.16'), { ...entry('debian-13'), ...tree }],
  [
    kfunc(
      {
        spans: [span('v6.1', null, 'v6.1', 'v6.2')],
        states: [dim],
        changes: [change('v6.1', 'added'), change('v6.2', 'removed', { after: 'v6.1' })],
      },
      {
        name: 'bpf_lamp_dim',
        status: 'removed',
        replacedBy: [
          { name: 'bpf_lamp_wait', release: 'v6.2', evidence: ['comment'] },
          { name: 'bpf_lamp_wait', release: 'v6.2', evidence: ['wrapper'] },
        ],
      },
    ),
    {
      ...kfunc({ spans: [span('v6.2', 'v6.1')], states: [wait] }, { name: 'bpf_lamp_wait' }),
      lines: [
        { id: 'mainline', base: null, spans: [span('v6.2', 'v6.1')], states: [wait], changes: [] },
        { id: 'debian-13', base: 'v6.2', spans: [], states: [], changes: [] },
      ],
    },
  ],
);

describe('the documents of a dataset', () => {
  const documents = documentsOf(dataset, 'https://kfuncs.example', '/sub/');
  const root = 'https://kfuncs.example/sub/api/v1';

  it('are one for each thing that has a page, and no other', () => {
    expect([...documents.keys()]).toEqual([
      'index',
      'releases',
      'releases/v6.1',
      'releases/v6.2',
      'releases/debian-13',
      'state/v6.1',
      'state/v6.2',
      'state/debian-13',
      'kfuncs',
      'kfuncs/bpf_lamp_dim',
      'kfuncs/bpf_lamp_wait',
      'support',
      'support/bpf_lamp_dim',
      'support/bpf_lamp_wait',
      'diff/v6.1..v6.2',
      'diff/v6.2..debian-13',
      ...kinds.map(({ name }) => `schema/${name}`),
    ]);
  });

  it('begin with an index, which tells where the others are', () => {
    expect(documents.get('index')).toEqual({
      $schema: `${root}/schema/index.json`,
      version: 'v1',
      stability: 'draft',
      licence: 'CC0-1.0',
      page: 'https://kfuncs.example/sub/api/',
      newest: 'v6.2',
      counts: { releases: 3, kfuncs: 2, diffs: 2 },
      documents: kinds.map(({ name, path, about }) => ({
        kind: name,
        address: `${root}/${path}.json`,
        schema: `${root}/schema/${name}.json`,
        about,
      })),
    });
  });

  it('list the releases with what each is compared with', () => {
    const listed = (id: string, kfuncs: number, previous: string | null) => ({
      kfuncs,
      previous,
      record: `${root}/releases/${id}.json`,
      state: `${root}/state/${id}.json`,
      diff: previous && `${root}/diff/${previous}..${id}.json`,
    });
    const page = 'https://kfuncs.example/sub';
    const [first, second, third] = dataset.releases;
    expect(documents.get('releases')).toEqual({
      $schema: `${root}/schema/releases.json`,
      releases: [
        { ...first, ...listed('v6.1', 1, null), page: `${page}/v6.1/` },
        { ...second, ...listed('v6.2', 1, 'v6.1'), page: `${page}/v6.2/` },
        { ...third, ...listed('debian-13', 0, 'v6.2'), page: `${page}/t/debian-13/` },
      ],
    });
  });

  it('list the kfuncs with when they were there', () => {
    expect(documents.get('kfuncs')).toEqual({
      $schema: `${root}/schema/kfuncs.json`,
      kfuncs: [
        {
          name: 'bpf_lamp_dim',
          status: 'removed',
          subsystem: 'LAMPS',
          spans: [span('v6.1', null, 'v6.1', 'v6.2')],
          otherLines: [],
          replacedBy: ['bpf_lamp_wait'],
          record: `${root}/kfuncs/bpf_lamp_dim.json`,
        },
        {
          name: 'bpf_lamp_wait',
          status: 'active',
          subsystem: 'LAMPS',
          spans: [span('v6.2', 'v6.1')],
          otherLines: ['debian-13'],
          replacedBy: [],
          record: `${root}/kfuncs/bpf_lamp_wait.json`,
        },
      ],
    });
  });

  it('are the records of the dataset, key for key', () => {
    for (const record of dataset.kfuncs) {
      const document = documents.get(`kfuncs/${record.name}`);
      expect(document).toEqual({ $schema: `${root}/schema/kfunc.json`, ...record });
    }
    for (const file of dataset.releaseFiles) {
      const document = documents.get(`releases/${file.id}`);
      expect(document).toEqual({ $schema: `${root}/schema/release.json`, ...file });
    }
  });

  it('tell the whole state of a release, and leave out what is not there', () => {
    expect(documents.get('state/v6.1')).toEqual({
      $schema: `${root}/schema/state.json`,
      release: dataset.releases[0],
      kfuncs: [{ name: 'bpf_lamp_dim', ...dim }],
    });
    expect(documents.get('state/v6.2')).toMatchObject({
      kfuncs: [{ name: 'bpf_lamp_wait', ...wait }],
    });
  });

  it('tell of a new kfunc that it is new, and leave the rest to its record', () => {
    const told = { severity: 'compatible', from: null, replacedBy: [], replaces: [] };
    expect(documents.get('diff/v6.1..v6.2')).toMatchObject({
      $schema: `${root}/schema/diff.json`,
      from: { id: 'v6.1', tag: 'v6.1' },
      to: { id: 'v6.2', tag: 'v6.2.16' },
      severity: 'breaks-load',
      counts: { added: 1, removed: 1, renamed: 0, changed: 0 },
      kfuncs: [
        {
          name: 'bpf_lamp_dim',
          fate: 'removed',
          changes: [{ kind: 'removed', severity: 'breaks-load' }],
        },
        { name: 'bpf_lamp_wait', fate: 'added', ...told, changes: [] },
      ],
    });
  });

  it('have paths for addresses where the site does not know its own', () => {
    expect(documentsOf(dataset).get('releases')).toMatchObject({
      $schema: '/api/v1/schema/releases.json',
      releases: [{ page: '/v6.1/' }, { diff: '/api/v1/diff/v6.1..v6.2.json' }, {}],
    });
  });

  it('are called in addresses what their files are called', () => {
    const odd = datasetOf([entry('v6.1+x')], []);
    const listed = documentsOf(odd).get('releases') as { releases: { state: string }[] };
    expect(listed.releases[0]!.state).toBe('/api/v1/state/v6.1+x.json');
  });
});

describe('the documents of an invented dataset', () => {
  const options = { releases: 12, kfuncs: 40, tree: true, preview: true };
  const texts = (made: Dataset) => {
    const browser = parseSourceBrowser('cgit');
    const atlas = makeAtlas(made, { base: '/', browser, site: undefined });
    return apiFiles(atlas).map(({ path, text }) => [path, text()]);
  };

  it('are the same to the byte when they are made again', () => {
    expect(texts(sampleDataset(options))).toEqual(texts(sampleDataset(options)));
  });

  it('end in a newline, and have no other outside of schemas', () => {
    for (const [path, text] of texts(sampleDataset(options))) {
      if (!path!.startsWith('schema/')) expect(text!.indexOf('\n'), path).toBe(text!.length - 1);
    }
  });

  it('are there for a dataset of nothing', () => {
    const empty = documentsOf({ releases: [], releaseFiles: [], kfuncs: [], prose: null });
    expect(empty.get('index')).toMatchObject({ newest: null, counts: { kfuncs: 0, diffs: 0 } });
    expect(empty.size).toBe(4 + kinds.length);
  });
});
