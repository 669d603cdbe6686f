import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/faults/snapshot.ts';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import type { z } from 'zod';
import { UserError } from '../user-error.ts';
import { prosePackSchema } from './encode.ts';
import { fingerprintDataset, readDataset } from './read.ts';
import { kfuncRecordSchema, releaseFileSchema, releaseListSchema } from './schema/index.ts';
import { writeDataset } from './write.ts';

const base = temporaryFolder();
const whole = sampleDataset({ releases: 5, kfuncs: 6 });
const kfunc = whole.kfuncs[0]!.name;
let count = 0;
let dir = '';
beforeAll(async () => {
  await writeDataset(join(base, 'whole'), whole, { prose: true });
});
beforeEach(() => {
  dir = join(base, `${++count}`);
  cpSync(join(base, 'whole'), dir, { recursive: true });
});
afterAll(() => {
  rmSync(base, { recursive: true });
});

/** The sentence of a refusal, with the directory left out. */
async function refusal(): Promise<string> {
  const error: unknown = await readDataset(dir).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message.replaceAll(`${dir}/`, '');
}

function edit<T>(path: string, schema: z.ZodType<T>, change: (value: T) => void): void {
  const value = schema.parse(JSON.parse(readFileSync(join(dir, path), 'utf8')));
  change(value);
  writeFileSync(join(dir, path), JSON.stringify(value));
}

describe('reading a dataset', () => {
  it('gives the releases in their order and the kfuncs by name', async () => {
    const dataset = await readDataset(dir);
    expect(dataset.releaseFiles.map((f) => f.id)).toEqual(whole.releases.map((r) => r.id));
    expect(dataset.kfuncs.map((k) => k.name)).toEqual(whole.kfuncs.map((k) => k.name));
  });

  it('takes a dataset without prose, or with a part of it', async () => {
    const pack = whole.prose!.keys().next().value!.slice(0, 1);
    rmSync(join(dir, 'prose', `${pack}.json`));
    const part = await readDataset(dir);
    expect(part.prose!.size).toBeLessThan(whole.prose!.size);
    rmSync(join(dir, 'prose'), { recursive: true });
    expect((await readDataset(dir)).prose).toBeNull();
  });

  it('takes a dataset of no release and no kfunc', async () => {
    const empty = { releases: [], releaseFiles: [], kfuncs: [], prose: null };
    await writeDataset(dir, empty, { prose: true });
    expect(await readDataset(dir)).toEqual(empty);
  });

  it('reads one of 45 releases and 700 kfuncs well within two seconds', async () => {
    await writeDataset(dir, sampleDataset({ releases: 45, kfuncs: 700 }), { prose: true });
    const start = performance.now();
    await readDataset(dir);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('what a reader is told', () => {
  it('where there is no dataset', async () => {
    rmSync(dir, { recursive: true });
    const none = 'there is no dataset';
    expect(await refusal()).toBe(
      `There is no dataset in ${dir} (no releases.json): \`npx kfunc-atlas extract --linux DIR\` makes one.`,
    );
    mkdirSync(dir);
    expect((await refusal()).toLowerCase()).toContain(none);
  });

  it('where a file is not JSON', async () => {
    writeFileSync(join(dir, `kfuncs/${kfunc}.json`), '{ "name": ');
    expect(await refusal()).toMatch(
      /^kfuncs\/\w+\.json is not JSON: Unexpected end of JSON input\.$/,
    );
  });

  it('where a merge was not finished', async () => {
    const text = `[\n<<<<<<< HEAD\n  { "id": "v6.1" }\n=======\n>>>>>>> theirs\n]\n`;
    writeFileSync(join(dir, 'releases.json'), text);
    expect(await refusal()).toBe(
      'releases.json is not JSON: it has the marks of a merge that was not finished.',
    );
  });

  it('where a value is of another type', async () => {
    edit('releases.json', releaseListSchema, (list) => Object.assign(list[1]!, { exact: 'yes' }));
    expect(await refusal()).toBe(
      'releases.json does not match the dataset\'s schema: [1].exact: expected true or false, found the text "yes".',
    );
  });

  it('where a value is none of those allowed', async () => {
    edit(`kfuncs/${kfunc}.json`, kfuncRecordSchema, (k) => Object.assign(k, { status: 'gone' }));
    expect(await refusal()).toBe(
      `kfuncs/${kfunc}.json does not match the dataset's schema: status: expected one of "active", "deprecated", "removed", found the text "gone".`,
    );
  });

  it('where a key is missing, and where one is not known: both, each on a line', async () => {
    edit(`kfuncs/${kfunc}.json`, kfuncRecordSchema, (k) => {
      const state = k.lines[0]!.states[0]!;
      Object.assign(state, { flagz: state.flags, flags: undefined });
    });
    expect(await refusal()).toBe(
      [
        `kfuncs/${kfunc}.json does not match the dataset's schema:`,
        '  lines[0].states[0].flags: expected an array, found nothing',
        '  lines[0].states[0]: has a key that the schema does not know: "flagz"',
      ].join('\n'),
    );
  });

  it('where a name in a record is odd', async () => {
    edit('releases/v5.13.json', releaseFileSchema, (file) => {
      file.definitions = { 'odd name': [{ file: 'a.c', line: 0 }] };
    });
    expect(await refusal()).toBe(
      'releases/v5.13.json does not match the dataset\'s schema: definitions["odd name"][0].line: expected more than 0, found 0.',
    );
  });

  it('where much is wrong: the first five places, and how many more there are', async () => {
    const bad = Array.from({ length: 9 }, () => 7);
    edit(`kfuncs/${kfunc}.json`, kfuncRecordSchema, (k) => {
      Object.assign(k.lines[0]!.states[0]!, { flags: bad });
    });
    const told = (await refusal()).split('\n');
    expect(told).toHaveLength(7);
    expect(told[1]).toBe('  lines[0].states[0].flags[0]: expected a text, found 7');
    expect(told[6]).toBe('  and 4 more');
  });

  it('where a file is not called as the kfunc in it', async () => {
    edit(`kfuncs/${kfunc}.json`, kfuncRecordSchema, (k) => (k.name = 'bpf_other'));
    expect(await refusal()).toBe(
      `kfuncs/${kfunc}.json: name: expected "${kfunc}", as the file is called, found the text "bpf_other".`,
    );
  });

  it('where the file of a release is missing, or one too many', async () => {
    rmSync(join(dir, 'releases/v5.14.json'));
    expect(await refusal()).toBe('releases/v5.14.json: is missing, but releases.json lists it.');
    cpSync(join(base, 'whole/releases/v5.14.json'), join(dir, 'releases/v5.14.json'));
    edit('releases.json', releaseListSchema, (list) => list.splice(2, 1));
    expect(await refusal()).toMatch(
      /^releases\/v5\.14\.json: is of a release that releases\.json does not list \(and \d+ more of this kind\)\.$/,
    );
  });

  it('where a text of prose is not the one of its hash', async () => {
    const hash = whole.prose!.keys().next().value!;
    const pack = `prose/${hash.slice(0, 1)}.json`;
    edit(pack, prosePackSchema, (texts) => (texts[hash] = 'other words'));
    expect(await refusal()).toBe(`${pack}: the text under ${hash} is not the one of that hash.`);
  });

  it('where the journal of a killed run is damaged or leads out of the dataset', async () => {
    const outside = join(base, 'outside.json');
    writeFileSync(outside, 'mine');
    mkdirSync(join(dir, '.kfunc-atlas'));
    const hostile = { version: 1, put: [], remove: ['kfuncs/../../outside.json'] };
    for (const journal of ['{ "version": 1, "pu', JSON.stringify(hostile)]) {
      writeFileSync(join(dir, '.kfunc-atlas/journal'), journal);
      expect(await refusal()).toMatch(/the journal of that run is damaged: remove the directory/);
    }
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  });

  it('where a staged file was lost before the repair', async () => {
    mkdirSync(join(dir, '.kfunc-atlas'));
    const put = [{ path: 'kfuncs/bpf_lost.json', sha256: '0' }];
    const journal = JSON.stringify({ version: 1, put, remove: [] });
    writeFileSync(join(dir, '.kfunc-atlas/journal'), journal);
    expect(await refusal()).toContain('kfuncs/bpf_lost.json has been lost since');
  });
});

describe('the fingerprint of a dataset', () => {
  it('stays while the files do, and changes with any of them', async () => {
    const fingerprint = await fingerprintDataset(dir);
    const written = await writeDataset(dir, structuredClone(whole), { prose: true });
    expect(await fingerprintDataset(dir)).toBe(fingerprint);
    expect(written.fingerprint).toBe(fingerprint);
    edit(`kfuncs/${kfunc}.json`, kfuncRecordSchema, (k) => (k.subsystem = 'OTHER'));
    expect(await fingerprintDataset(dir)).not.toBe(fingerprint);
    await writeDataset(dir, whole, { prose: true });
    expect(await fingerprintDataset(dir)).toBe(fingerprint);
    rmSync(join(dir, 'prose'), { recursive: true });
    expect(await fingerprintDataset(dir)).not.toBe(fingerprint);
  });

  it('is null where there is no dataset', async () => {
    rmSync(dir, { recursive: true });
    expect(await fingerprintDataset(dir)).toBeNull();
  });
});
