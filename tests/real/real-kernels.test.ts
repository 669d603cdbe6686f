import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { fingerprintDataset, readDataset } from '../../src/data/read.ts';
import type { Change, KfuncRecord, State } from '../../src/data/schema/index.ts';
import { checkSite } from '../site/links.ts';
import { atlas } from './prepare.ts';

/** What must be true of what the commands make of the kernels that Debian has. */
const { data, facts: factsOnly, work } = inject('kernels');

let dataset: Dataset;

beforeAll(async () => {
  dataset = await readDataset(data);
});

function record(name: string): KfuncRecord {
  const found = dataset.kfuncs.find((kfunc) => kfunc.name === name);
  if (!found) throw new Error(`${name} has no record`);
  return found;
}

/** What is true of a kfunc at a mainline release; null where it is not there. */
function stateAt(kfunc: KfuncRecord, release: string): State | null {
  const order = dataset.releases.map(({ id }) => id);
  const at = order.indexOf(release);
  const mainline = kfunc.lines.find((line) => line.id === 'mainline');
  return (
    mainline?.states.find(
      ({ from, to }) => order.indexOf(from) <= at && (to === null || at <= order.indexOf(to)),
    ) ?? null
  );
}

function changes(name: string, kind: Change['kind']): Change[] {
  return record(name).lines.flatMap((line) => line.changes.filter((c) => c.kind === kind));
}

/** The release that a change of `version` shows up in, where not every release was scanned. */
function firstFrom(version: string): string {
  const number = (id: string): number[] => id.slice(1).split('.').map(Number);
  const [major = 0, minor = 0] = number(version);
  const found = dataset.releases.find(({ id }) => {
    const [a = 0, b = 0] = number(id);
    return a > major || (a === major && b >= minor);
  });
  return found!.id;
}

test('finds the releases, an empty baseline first', () => {
  const [baseline] = dataset.releases;
  expect(dataset.releases.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['v6.1', 'v6.12', 'v7.2', 'v7.3']),
  );
  expect(dataset.kfuncs.filter((kfunc) => stateAt(kfunc, baseline!.id))).toEqual([]);
});

test('--facts-only is the same dataset without the prose', async () => {
  const facts = await readDataset(factsOnly);
  expect(facts.prose).toBeNull();
  expect(dataset.prose?.size).toBeGreaterThan(300);
  expect({ ...facts, prose: null }).toEqual({ ...dataset, prose: null });
});

test('the committed dataset is what these commands give for the same trees', async ({ skip }) => {
  const committed = await readDataset(join(import.meta.dirname, '../../content/data'));
  const tags = (d: Dataset) => d.releases.map(({ tag }) => tag).join();
  skip(tags(committed) !== tags(dataset), `Debian has moved on: ${tags(dataset)}`);
  expect(await fingerprintDataset(join(import.meta.dirname, '../../content/data'))).toBe(
    await fingerprintDataset(factsOnly),
  );
});

describe('what is known to have happened', () => {
  test.each([
    ['bpf_cgroup_kptr_get', 'v6.4'],
    ['hid_bpf_attach_prog', 'v6.11'],
  ])('%s is gone from %s on', (name, version) => {
    const kfunc = dataset.kfuncs.find((k) => k.name === name);
    // Not in any release that was scanned: then it must not be there after either.
    if (!kfunc) return;
    expect(stateAt(kfunc, firstFrom(version))).toBeNull();
  });

  test.each([
    ['cgroup_rstat_updated', 'css_rstat_updated', 'v6.16'],
    ['cgroup_rstat_flush', 'css_rstat_flush', 'v6.16'],
    ['scx_bpf_dispatch', 'scx_bpf_dsq_insert', 'v6.13'],
    ['scx_bpf_consume', 'scx_bpf_dsq_move_to_local', 'v6.13'],
    ['bpf_wq_set_callback_impl', 'bpf_wq_set_callback', 'v7.0'],
    ['bbr_cwnd_event', 'bbr_cwnd_event_tx_start', 'v7.1'],
    ['cubictcp_cwnd_event', 'cubictcp_cwnd_event_tx_start', 'v7.1'],
  ])('%s became %s in %s', (old, now, version) => {
    const [replacement] = record(old).replacedBy;
    expect(replacement).toMatchObject({ name: now, release: firstFrom(version) });
    expect(replacement!.evidence.length).toBeGreaterThan(0);
    expect(record(now).replaces.map(({ name }) => name)).toContain(old);
  });

  test('dctcp_cwnd_event stays beside its own', () => {
    expect(record('dctcp_cwnd_event').status).toBe('active');
    expect(record('dctcp_cwnd_event_tx_start').status).toBe('active');
  });

  test('bpf_dynptr_slice keeps changing its prototype and its suffixes', () => {
    const suffixes = ['v6.12', 'v7.2'].map((release) =>
      stateAt(record('bpf_dynptr_slice'), release)!.prototype!.params.map((p) => p.suffix),
    );
    expect(suffixes[0]).toEqual([null, null, '__opt', '__szk']);
    expect(suffixes[1]).toEqual([null, null, '__nullable', '__szk']);
    expect(changes('bpf_dynptr_slice', 'prototype').map((c) => c.release)).toContain('v7.2');
  });

  test('bpf_get_lowcore is of s390 alone', () => {
    expect(stateAt(record('bpf_get_lowcore'), 'v7.3')?.arch).toEqual(['s390']);
  });

  test('the end of KF_TRUSTED_ARGS is one event, with those it made stricter', () => {
    const file = dataset.releaseFiles.find(({ id }) => id === firstFrom('v7.0'))!;
    const event = file.events.find(({ kind }) => kind === 'trusted-by-default')!;
    expect(event.changed.length).toBeGreaterThan(10);
    expect(event.stricter.length).toBeGreaterThan(10);
    expect(event.stricter.filter((name) => event.changed.includes(name))).toEqual([]);
  });

  test('three kfuncs promised to go in v7.2 or v7.3 are still there', () => {
    const promised = ['scx_bpf_dsq_insert', 'scx_bpf_dsq_insert_vtime', 'scx_bpf_select_cpu_and'];
    for (const name of promised) {
      expect(record(name).status).toBe('deprecated');
      const state = stateAt(record(name), 'v7.3')!;
      expect(state.deprecation.some((d) => /^v7\.[23]$/.test(d.promised ?? ''))).toBe(true);
    }
  });

  test('ext.c moved to a folder of its own, and nothing was removed by that', () => {
    const moved = dataset.kfuncs.filter((kfunc) =>
      kfunc.lines.some((line) => line.changes.some((c) => c.kind === 'moved')),
    );
    expect(moved.length).toBeGreaterThan(10);
    for (const { lines } of moved) {
      const told = lines.flatMap((line) => line.changes);
      const inRelease = told.filter((c) => c.kind === 'moved').map((c) => c.release);
      const removed = told.filter((c) => c.kind === 'removed').map((c) => c.release);
      expect(removed.filter((release) => inRelease.includes(release))).toEqual([]);
    }
  });

  test('all sched_ext kfuncs need CONFIG_SCHED_CLASS_EXT, told by the file that includes theirs', () => {
    const { config } = stateAt(record('scx_bpf_dsq_nr_queued'), 'v7.3')!;
    expect(config.expr).toBe('CONFIG_SCHED_CLASS_EXT');
    expect(config.parts).toContainEqual(
      expect.objectContaining({ origin: 'include', file: 'kernel/sched/build_policy.c' }),
    );
  });

  test('names that are only attach points are no kfuncs', () => {
    expect(stateAt(record('bpf_modify_return_test'), 'v7.3')?.roles).toEqual(['attach-point']);
    expect(stateAt(record('bpf_modify_return_test_tp'), 'v7.3')?.roles).toEqual([
      'kfunc',
      'attach-point',
    ]);
  });
});

test('no page of the site built from it has a link that leads nowhere', async () => {
  const out = join(work, 'site');
  await atlas('build', '--data', data, '--out', out, '--quiet');
  expect(checkSite(out).broken).toEqual([]);
  const page = await readFile(join(out, 'k/bpf_task_acquire/index.html'), 'utf8');
  // Words have elements of their own, for their colours, and long lines are broken.
  const words = page.replace(/<\/?span[^>]*>/g, '').replace(/\(\s+/g, '(');
  expect(words).toContain(
    'extern struct task_struct *bpf_task_acquire(struct task_struct *p) __weak __ksym;',
  );
}, 600_000);
