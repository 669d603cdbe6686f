import { describe, expect, it } from 'vitest';
import { nameWords, proseWords, queryWords, tailsOf, typeWords } from './words.ts';

describe('the words of a name', () => {
  it('are the whole, what is left from each part on, and each part', () => {
    expect(nameWords('bpf_dsq_insert')).toEqual([
      'bpf_dsq_insert',
      'dsq_insert',
      'insert',
      'bpf',
      'dsq',
    ]);
  });

  it('hold a name that begins with underscores as it is, and without them', () => {
    expect(tailsOf('__bpf_trap')).toEqual(['__bpf_trap', 'bpf_trap', 'trap']);
  });

  it('are in small letters', () => {
    expect(nameWords('KF_RCU')).toEqual(['kf_rcu', 'rcu', 'kf']);
  });

  it('are none of nothing, and leave out what is too long to be a name', () => {
    expect(nameWords('')).toEqual([]);
    expect(nameWords('x'.repeat(81))).toEqual([]);
  });
});

describe('the words of a type', () => {
  it('hold the type with its struct', () => {
    expect(typeWords('const struct task_struct *')).toEqual([
      'struct task_struct',
      'struct',
      'task_struct',
      'task',
    ]);
  });

  it('are the name of a plain one', () => {
    expect(typeWords('u64')).toEqual(['u64']);
  });
});

describe('the words of prose', () => {
  it('are those of the names in it too', () => {
    expect(proseWords('Calls bpf_lamp_get().')).toEqual([
      'calls',
      'bpf_lamp_get',
      'lamp_get',
      'get',
      'bpf',
      'lamp',
    ]);
  });

  it('keep versions whole', () => {
    expect(proseWords('since v6.12')).toContain('v6.12');
  });
});

describe('the words of a query', () => {
  it('are parted by all but underscores', () => {
    expect(queryWords('cgroup-acquire dsq_ins(x')).toEqual(['cgroup', 'acquire', 'dsq_ins', 'x']);
  });

  it('keep struct with its name', () => {
    expect(queryWords('struct  cgroup *')).toEqual(['struct cgroup']);
  });

  it('keep a version that is not yet typed whole', () => {
    expect(queryWords('7.')).toEqual(['7.']);
  });

  it('are none of signs alone', () => {
    expect(queryWords('*** <> ""')).toEqual([]);
  });

  it('are eight at most', () => {
    expect(queryWords('a b c d e f g h i j').length).toBe(8);
  });
});
