import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { arm } from '../../tests/faults/fs-faults.ts';
import { snapshot, temporaryFolder } from '../../tests/faults/snapshot.ts';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import { UserError } from '../user-error.ts';
import type { Dataset } from './dataset.ts';
import { readDataset } from './read.ts';
import { writeDataset } from './write.ts';

const base = temporaryFolder();
let count = 0;
let dir = '';
beforeEach(() => {
  dir = join(base, `${++count}`);
});
afterAll(() => {
  rmSync(base, { recursive: true });
});

const prose = { prose: true };
const small = sampleDataset({ releases: 5, kfuncs: 6 });
const larger = sampleDataset({ releases: 6, kfuncs: 6 });

describe('writing a dataset', () => {
  it('gives back what was written', async () => {
    await writeDataset(dir, small, prose);
    expect(await readDataset(dir)).toEqual(small);
  });

  it('writes one file a release and a kfunc, and leaves nothing else behind', async () => {
    const report = await writeDataset(dir, small, prose);
    const files = Object.keys(snapshot(dir));
    expect(files.filter((f) => !f.startsWith('prose/')).sort()).toEqual(
      [
        'releases.json',
        ...small.releases.map((r) => `releases/${r.id}.json`),
        ...small.kfuncs.map((k) => `kfuncs/${k.name}.json`),
      ].sort(),
    );
    expect(report.added).toEqual(files.sort());
    expect(report).toMatchObject({ changed: [], removed: [], unchanged: 0, caseClashes: [] });
  });

  it('does not touch a file whose bytes stay the same', async () => {
    await writeDataset(dir, small, prose);
    const before = statSync(join(dir, 'releases.json'), { bigint: true });
    const report = await writeDataset(dir, structuredClone(small), prose);
    expect(report).toMatchObject({ added: [], changed: [], removed: [] });
    expect(statSync(join(dir, 'releases.json'), { bigint: true }).ctimeNs).toBe(before.ctimeNs);
  });

  it('removes the files of kfuncs and releases that are no longer there', async () => {
    await writeDataset(dir, larger, prose);
    const { removed } = await writeDataset(dir, small, prose);
    expect(removed).toContain('releases/v5.17.json');
    const fresh = `${dir}-fresh`;
    await writeDataset(fresh, small, prose);
    expect(snapshot(dir)).toEqual(snapshot(fresh));
  });

  it('leaves no prose with facts only, and every other byte the same', async () => {
    await writeDataset(dir, small, prose);
    const withProse = snapshot(dir);
    await writeDataset(dir, small, { prose: false });
    expect(existsSync(join(dir, 'prose'))).toBe(false);
    const facts = Object.entries(withProse).filter(([path]) => !path.startsWith('prose/'));
    expect(facts.length).toBeLessThan(Object.keys(withProse).length);
    expect(snapshot(dir)).toEqual(Object.fromEntries(facts));
    expect((await readDataset(dir)).prose).toBeNull();
  });

  it('leaves files alone that no dataset has', async () => {
    await writeDataset(dir, larger, prose);
    writeFileSync(join(dir, 'LICENSE'), 'CC0');
    writeFileSync(join(dir, 'kfuncs', 'my notes.txt'), 'mine');
    await writeDataset(dir, small, prose);
    expect(snapshot(dir)).toMatchObject({ LICENSE: 'CC0', 'kfuncs/my notes.txt': 'mine' });
  });

  it('tells names that are one file where case does not count', async () => {
    const [first, ...rest] = small.kfuncs;
    const twin = { ...first!, name: first!.name.toUpperCase(), replaces: [], replacedBy: [] };
    const report = await writeDataset(dir, { ...small, kfuncs: [first!, twin, ...rest] }, prose);
    expect(report.caseClashes).toEqual([[twin.name, first!.name]]);
  });
});

describe('a dataset that is not one', () => {
  async function refusal(change: (dataset: Dataset) => void): Promise<string> {
    const dataset = structuredClone(small);
    change(dataset);
    const error: unknown = await writeDataset(dir, dataset, prose).catch((e: unknown) => e);
    expect(existsSync(dir)).toBe(false);
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }

  it('is told as a bug, with the place', async () => {
    const message = await refusal((d) => {
      Object.assign(d.kfuncs[0]!.lines[0]!.states[0]!, { flags: 'KF_RCU' });
    });
    expect(message).toBe(
      `This is a bug in kfunc-atlas, please report it: kfuncs/${small.kfuncs[0]!.name}.json would not be a valid dataset file: lines[0].states[0].flags: expected an array, found the text "KF_RCU". Nothing was written.`,
    );
  });

  it.each([
    '../../outside',
    '/etc/outside',
    '.',
    '..',
    '',
    'a/b',
    'a\0b',
    'a.b',
    'con\n',
    '__proto__',
    'ä',
    'x'.repeat(201),
  ])('does not make a file of the kfunc name %j', async (name) => {
    const message = await refusal((d) => (d.kfuncs[0]!.name = name));
    expect(message).toMatch(/^The kfunc name ".*cannot be a file name\. Nothing was written\.$/s);
  });

  it.each(['../v6.1', '.hidden', '-rf', 'v6.1/..', '', 'a b', 'x'.repeat(201)])(
    'does not make a file of the release id %j',
    async (id) => {
      const message = await refusal((d) => (d.releaseFiles[0]!.id = id));
      expect(message).toMatch(/^The release name .* cannot be a file name/);
    },
  );

  it('is refused when a release, a line, a kfunc or an event that it names is not there', async () => {
    const line = (d: Dataset) => d.kfuncs[0]!.lines[0]!;
    const other = { name: 'bpf_nowhere', release: 'v5.13', evidence: [] };
    expect(await refusal((d) => (line(d).states[0]!.from = 'v9.9'))).toContain(
      'lines[0].states[0].from: names the release v9.9, which releases.json does not list',
    );
    expect(await refusal((d) => (line(d).id = '6.1.y'))).toContain(
      'lines[0].id: is the line 6.1.y',
    );
    expect(await refusal((d) => d.kfuncs[0]!.replaces.push(other))).toContain(
      'replaces[0].name: names the kfunc bpf_nowhere',
    );
    expect(await refusal((d) => (line(d).changes[0]!.event = 'flag-added:KF_X'))).toContain(
      'lines[0].changes[0].event: names the event flag-added:KF_X',
    );
    expect(await refusal((d) => d.releaseFiles.pop())).toContain('releases/v5.16.json');
    expect(await refusal((d) => d.kfuncs.push(d.kfuncs[0]!))).toContain('is there twice');
  });

  it('is refused when a text of prose is under the wrong hash', async () => {
    const message = await refusal((d) => (d.prose = new Map([['0'.repeat(20), 'words']])));
    expect(message).toContain('the text under 00000000000000000000 has another hash');
  });
});

describe('a place that cannot take the dataset', () => {
  const written = (options = prose) => writeDataset(dir, small, options);

  it('is a file', async () => {
    writeFileSync(dir, 'mine');
    await expect(written()).rejects.toThrow(`${dir} is a file: the dataset needs a directory.`);
    expect(snapshot(base)[`${count}`]).toBe('mine');
  });

  it('is below a file', async () => {
    writeFileSync(dir, 'mine');
    const below = writeDataset(join(dir, 'data'), small, prose);
    await expect(below).rejects.toThrow(/a part of the path is a file.* Nothing was changed\.$/);
  });

  it("holds somebody's files", async () => {
    mkdirSync(join(dir, 'kfuncs'), { recursive: true });
    writeFileSync(join(dir, 'kfuncs', 'thesis.json'), '{}');
    await expect(written()).rejects.toThrow(
      `${dir} is not empty and holds no dataset (no releases.json): name another directory, or empty this one.`,
    );
    expect(snapshot(dir)).toEqual({ 'kfuncs/thesis.json': '{}' });
  });

  it.each(['{"v1": "2024"}', '[{"version": 1}]', 'not JSON'])(
    'holds another releases.json: %s',
    async (text) => {
      mkdirSync(dir);
      writeFileSync(join(dir, 'releases.json'), text);
      await expect(written()).rejects.toThrow(/releases\.json is not that of a dataset/);
      expect(snapshot(dir)).toEqual({ 'releases.json': text });
    },
  );

  it('has a symbolic link where a folder of the dataset should be', async () => {
    const elsewhere = `${dir}-elsewhere`;
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'bpf_mine.json'), '{}');
    await written();
    rmSync(join(dir, 'kfuncs'), { recursive: true });
    symlinkSync(elsewhere, join(dir, 'kfuncs'));
    await expect(written()).rejects.toThrow(`${join(dir, 'kfuncs')} is not a directory`);
    expect(snapshot(elsewhere)).toEqual({ 'bpf_mine.json': '{}' });
  });

  it.each(['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EIO'])(
    'says %s at any moment: a sentence, and no half of a dataset',
    async (how) => {
      await writeDataset(dir, small, prose);
      const old = snapshot(dir);
      await writeDataset(`${dir}-new`, larger, prose);
      const anew = snapshot(`${dir}-new`);
      let failures = 0;
      // In steps, since each kind of failure takes the same way out.
      for (let at = 1; ; at += how === 'ENOSPC' ? 1 : 7) {
        const fault = await arm({ at, how, lasting: true });
        const error: unknown = await writeDataset(dir, larger, prose).catch((e: unknown) => e);
        fault.disarm();
        if (!(error instanceof Error)) break;
        failures++;
        expect(error).toBeInstanceOf(UserError);
        expect(error.message).toMatch(
          /^Cannot write the dataset in .*: .*\. (Nothing was changed|What is left to do is done by the next command)\.$/,
        );
        if (error.message.endsWith('Nothing was changed.')) expect(snapshot(dir)).toEqual(old);
        const { releases } = await readDataset(dir);
        expect(snapshot(dir)).toEqual(releases.length === small.releases.length ? old : anew);
        await writeDataset(dir, small, prose);
      }
      expect(failures).toBeGreaterThan(how === 'ENOSPC' ? 40 : 5);
      expect(snapshot(dir)).toEqual(anew);
    },
  );

  it('has no room for the very first dataset: not even its directory stays', async () => {
    const below = join(dir, 'a', 'b');
    for (const at of [2, 4, 8, 12]) {
      const fault = await arm({ at, how: 'ENOSPC', lasting: true });
      await expect(writeDataset(below, small, prose)).rejects.toThrow(/no space is left/);
      fault.disarm();
      expect(existsSync(dir)).toBe(false);
    }
  });
});

describe('two runs at once', () => {
  it('does not let a second run write while the first one lives', async () => {
    await writeDataset(dir, small, prose);
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    mkdirSync(join(dir, '.kfunc-atlas'));
    writeFileSync(join(dir, '.kfunc-atlas', `lock-${other.pid!}-0`), '');
    await expect(writeDataset(dir, larger, prose)).rejects.toThrow(
      `Another kfunc-atlas (process ${other.pid!}) is writing the dataset in ${dir}: try again when it has ended.`,
    );
    // A reader is not in its way while the old dataset stands.
    expect(await readDataset(dir)).toEqual(small);
    const ended = once(other, 'exit');
    other.kill();
    await ended;
    await writeDataset(dir, larger, prose);
    expect(await readDataset(dir)).toEqual(larger);
  });

  it('takes no notice of a lock whose process number was given to another since', async () => {
    await writeDataset(dir, small, prose);
    mkdirSync(join(dir, '.kfunc-atlas'));
    writeFileSync(join(dir, '.kfunc-atlas', `lock-${process.ppid}-1`), '');
    await writeDataset(dir, larger, prose);
    expect(await readDataset(dir)).toEqual(larger);
  });

  it('lets two in the same process write one after the other, and readers see the one or the other', async () => {
    await writeDataset(dir, small, prose);
    const results = await Promise.allSettled([
      writeDataset(dir, larger, prose),
      writeDataset(dir, small, prose),
      ...Array.from({ length: 5 }, () => readDataset(dir)),
    ]);
    expect(results.map((r) => r.status)).not.toContain('rejected');
    for (const result of results.slice(2)) {
      if (result.status === 'fulfilled') expect([small, larger]).toContainEqual(result.value);
    }
    expect([small, larger]).toContainEqual(await readDataset(dir));
  });
});
