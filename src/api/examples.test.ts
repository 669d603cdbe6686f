import { describe, expect, it } from 'vitest';
import { entry, kfunc, span, state } from '../data/test-dataset.ts';
import { atlasOf } from '../views/test-atlas.ts';
import { examplesOf } from './examples.ts';

const there = (name: string) =>
  kfunc({ spans: [span('v6.1', null)], states: [state('v6.1', null)] }, { name });

describe('the examples', () => {
  const releases = [entry('v6.1'), entry('v6.2')];

  it('are of a kfunc that the newest release has, and of a well-known one if they can', () => {
    const [first] = examplesOf(atlasOf(releases, [there('bpf_a'), there('bpf_task_acquire')]));
    expect(first!.title).toBe('Which releases have bpf_task_acquire?');
    const gone = kfunc({ states: [state('v6.1', 'v6.1')] }, { name: 'bpf_task_acquire' });
    const [other] = examplesOf(atlasOf(releases, [there('bpf_b'), gone]));
    expect(other!.title).toBe('Which releases have bpf_b?');
  });

  it('show where an address goes when the site does not know its own', () => {
    const [first] = examplesOf(atlasOf(releases, [there('bpf_a')]));
    expect(first!.code).toMatch(/^curl -s https:\/\/SITE\/api\/v1\/kfuncs\/bpf_a\.json \|\n/);
  });

  it('compare nothing where there is one release, and are none where there is no kfunc', () => {
    const titles = examplesOf(atlasOf(releases.slice(0, 1), [there('bpf_a')])).map((e) => e.title);
    expect(titles.join()).not.toContain('break');
    expect(titles.length).toBe(4);
    expect(examplesOf(atlasOf(releases, []))).toEqual([]);
    expect(examplesOf(atlasOf([], []))).toEqual([]);
  });
});
