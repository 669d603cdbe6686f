import { expect, test } from 'vitest';
import type { Check } from './check.ts';
import type { Exception } from './exceptions.ts';
import { exceptions } from './exceptions.ts';
import { checks } from './index.ts';
import { runChecks } from './run.ts';
import { soundDataset } from './sound-dataset.ts';
import { broken } from './testing.ts';

const known: Exception = {
  check: 'subsystem-is-known',
  subject: 'bpf_lamp_*',
  releases: '*',
  reason: 'Nobody cares for lamps.',
};

const dark = broken(({ record }) => {
  record('bpf_lamp_put').subsystem = null;
  record('bpf_lamp_get').subsystem = null;
});

test('nothing fails in a sound dataset, and what needs the trees is left out', async () => {
  const { failures, ran } = await runChecks(soundDataset(), { exceptions: [] });
  expect(failures).toEqual([]);
  const needTrees = checks.filter((check) => 'checkSources' in check).map(({ name }) => name);
  expect(needTrees).toContain('definition-lines');
  expect(checks.map(({ name }) => name).filter((name) => !ran.includes(name))).toEqual(needTrees);
});

test('failures are sorted, each with its check and what it is about', async () => {
  const { failures } = await runChecks(dark, { exceptions: [] });
  expect(failures).toEqual([
    'subsystem-is-known: bpf_lamp_get: has the subsystem null',
    'subsystem-is-known: bpf_lamp_put: has the subsystem null',
  ]);
});

test('what an exception explains is no failure, and is counted', async () => {
  const { failures, excused } = await runChecks(dark, { exceptions: [known] });
  expect(failures).toEqual([]);
  expect([...excused]).toEqual([[known, 2]]);
});

test('an exception that explains nothing is a failure', async () => {
  const { failures } = await runChecks(soundDataset(), { exceptions: [known] });
  expect(failures).toEqual([
    'subsystem-is-known: bpf_lamp_*@*: known exception no longer fails: remove it',
  ]);
});

test('an exception for releases that the dataset has not got is not asked for', async () => {
  const later = { ...known, releases: 'v7.1..' };
  expect((await runChecks(soundDataset(), { exceptions: [later] })).failures).toEqual([]);
});

test('an exception of a check that needs the trees is not asked for without them', async () => {
  const unseen = { ...known, check: 'definition-lines' };
  expect((await runChecks(soundDataset(), { exceptions: [unseen] })).failures).toEqual([]);
});

test('looks into the trees when they are given', async () => {
  const sources = { line: () => Promise.resolve(undefined) };
  const { failures, ran } = await runChecks(soundDataset(), { sources, exceptions: [] });
  expect(ran).toEqual(checks.map(({ name }) => name));
  expect(failures).toContain(
    'files-exist: bpf_lamp_get@v7.0: is at kernel/lamp.c:1, expected the file, there is no such line',
  );
});

test('a finding told twice is one failure', async () => {
  const check: Check = {
    name: 'twice',
    description: 'Says all twice.',
    check: () => Array.from({ length: 2 }, () => ({ subject: 'a', release: null, message: 'b' })),
  };
  const { failures } = await runChecks(soundDataset(), { checks: [check], exceptions: [] });
  expect(failures).toEqual(['twice: a: b']);
});

test('every known exception is of a check, and has a reason', () => {
  const names = checks.map(({ name }) => name);
  for (const { check, reason } of exceptions) {
    expect(names).toContain(check);
    expect(reason).toMatch(/^[A-Za-z].{20,}\.$/);
  }
});
