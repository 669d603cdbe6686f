import { describe, expect, it } from 'vitest';
import { nameIn, nearest } from './nearest.ts';

const names = [
  'bpf_cgroup_acquire',
  'bpf_cgroup_release',
  'bpf_task_acquire',
  'bpf_task_from_pid',
  'scx_bpf_dsq_insert',
  'KF_ACQUIRE',
  'v6.12',
];
const near = (asked: string) =>
  nearest(
    asked,
    names.map((name) => ({ name })),
  ).map((c) => c.name);

describe('the nearest names', () => {
  it('are found by letters that are wrong, missing or too many', () => {
    expect(near('bpf_task_aquire')[0]).toBe('bpf_task_acquire');
    expect(near('bpf_cgruop_release')[0]).toBe('bpf_cgroup_release');
    expect(near('bpf_task_from_pidd')[0]).toBe('bpf_task_from_pid');
  });

  it('are found by their words in another order, or without a prefix', () => {
    expect(near('acquire_task_bpf')[0]).toBe('bpf_task_acquire');
    expect(near('task-from-pid')[0]).toBe('bpf_task_from_pid');
    expect(near('dsq_insert')[0]).toBe('scx_bpf_dsq_insert');
  });

  it('begin with the name itself, in whatever case', () => {
    expect(near('kf_acquire')[0]).toBe('KF_ACQUIRE');
    expect(near('bpf_task_acquire')[0]).toBe('bpf_task_acquire');
  });

  it('are not made up for what is like no name', () => {
    for (const asked of ['', '_', 'wp-login.php', 'favicon.ico', '..%2f', 'x'.repeat(3000)]) {
      expect([asked, near(asked)]).toEqual([asked, []]);
    }
  });

  it('are those alone that come near to the likest one', () => {
    expect(near('bpf_task_acquir')).toEqual(['bpf_task_acquire']);
    expect(near('bpf_task_from_pid')).toEqual(['bpf_task_from_pid']);
  });

  it('are no more than six', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ name: `bpf_lamp_${i}` }));
    expect(nearest('bpf_lamp', many)).toHaveLength(6);
  });
});

describe('the name in an address', () => {
  it('is the last part, without slash and ending', () => {
    expect(nameIn('/deep/er/k/bpf_lamp/')).toBe('bpf_lamp');
    expect(nameIn('/k/bpf_lamp.txt')).toBe('bpf_lamp');
    expect(nameIn('/v6.12')).toBe('v6.12');
    expect(nameIn('/')).toBe('');
  });

  it('is taken as it is where its escapes make no sense', () => {
    expect(nameIn('/k/bpf%5Flamp')).toBe('bpf_lamp');
    expect(nameIn('/k/%E0%A4%A')).toBe('%E0%A4%A');
  });
});
