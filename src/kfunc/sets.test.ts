import { expect, test } from 'vitest';
import { condToText } from '../c/condition.ts';
import { factsOf } from './testing.ts';

/** Sets of one file as text: `name: entry [flags] {guard}`. */
function setsOf(...lines: string[]): string[] {
  const facts = factsOf({ 'net/x.c': lines }).get('net/x.c')!;
  return facts.sets.map((set) => {
    const entries = set.entries.map((entry) => {
      const guard = entry.guard.op === 'true' ? '' : ` {${condToText(entry.guard)}}`;
      return `${entry.name}[${entry.flags.join(' ')}]${guard}`;
    });
    return `${set.kind} ${set.name}: ${entries.join(', ')}`;
  });
}

function codesOf(...lines: string[]): string[] {
  return factsOf({ 'net/x.c': lines })
    .get('net/x.c')!
    .diagnostics.map((d) => d.code);
}

test('reads entries with several flags, one flag, none, and flags written as 0', () => {
  expect(
    setsOf(
      'BTF_KFUNCS_START(ids)',
      'BTF_ID_FLAGS(func, bpf_a, KF_ACQUIRE | KF_RET_NULL)',
      'BTF_ID_FLAGS(func, bpf_b, (KF_RELEASE))',
      'BTF_ID_FLAGS(func, bpf_c)',
      'BTF_ID_FLAGS(func, bpf_d, 0)',
      'BTF_KFUNCS_END(ids)',
    ),
  ).toEqual(['kfuncs ids: bpf_a[KF_ACQUIRE KF_RET_NULL], bpf_b[KF_RELEASE], bpf_c[], bpf_d[]']);
});

test('reads an entry that stands on two lines, and one that ends in a semicolon', () => {
  expect(
    setsOf(
      'BTF_SET8_START(ids)',
      'BTF_ID_FLAGS(func, bpf_long_name,',
      '\t     KF_ACQUIRE |',
      '\t     KF_RCU)',
      'BTF_ID_FLAGS(func, bpf_b, KF_RCU);',
      'BTF_SET8_END(ids)',
    ),
  ).toEqual(['set8 ids: bpf_long_name[KF_ACQUIRE KF_RCU], bpf_b[KF_RCU]']);
});

test('keeps the condition of an entry, nested and negated', () => {
  expect(
    setsOf(
      'BTF_KFUNCS_START(ids)',
      '#ifdef CONFIG_A',
      '#if IS_ENABLED(CONFIG_B) && defined(CONFIG_C)',
      'BTF_ID_FLAGS(func, bpf_a)',
      '#else',
      'BTF_ID_FLAGS(func, bpf_b)',
      '#endif',
      '#endif',
      'BTF_KFUNCS_END(ids)',
    ),
  ).toEqual([
    'kfuncs ids: bpf_a[] {CONFIG_A && CONFIG_B && CONFIG_C}, ' +
      'bpf_b[] {CONFIG_A && !(CONFIG_B && CONFIG_C)}',
  ]);
});

test('expands an X-macro of the same file, each time with the definition above it', () => {
  expect(
    setsOf(
      '#define THINGS THING(one, bpf_one) THING(two, bpf_two)',
      'BTF_KFUNCS_START(ids)',
      '#define THING(_, name) BTF_ID_FLAGS(func, name, KF_RCU)',
      'THINGS',
      '#undef THING',
      'BTF_KFUNCS_END(ids)',
      'BTF_ID_LIST(unsorted)',
      '#define THING(_, name) BTF_ID(func, name)',
      'THINGS',
      '#undef THING',
    )[0],
  ).toBe('kfuncs ids: bpf_one[KF_RCU], bpf_two[KF_RCU]');
});

test('takes flags through a macro that names them', () => {
  expect(
    setsOf(
      '#define MY_FLAGS KF_RCU | KF_RET_NULL',
      'BTF_KFUNCS_START(ids)',
      'BTF_ID_FLAGS(func, bpf_a, KF_ACQUIRE | MY_FLAGS)',
      'BTF_KFUNCS_END(ids)',
    ),
  ).toEqual(['kfuncs ids: bpf_a[KF_ACQUIRE KF_RCU KF_RET_NULL]']);
});

test('keeps the place of types in a list, which is addressed by position', () => {
  expect(
    setsOf(
      'BTF_ID_LIST(ids)',
      'BTF_ID(struct, thing)',
      'BTF_ID(func, bpf_thing_release)',
      'int x;',
    ),
  ).toEqual(['list ids: [], bpf_thing_release[]']);
});

test('does not take an entry in a comment for one', () => {
  expect(setsOf('/* BTF_ID_FLAGS(func, bpf_a, KF_RCU) */', '// BTF_ID_FLAGS(func, bpf_b)')).toEqual(
    [],
  );
});

test('reports a set without an end and goes on with the next one', () => {
  const lines = [
    'BTF_KFUNCS_START(first)',
    'BTF_ID_FLAGS(func, bpf_a)',
    'BTF_KFUNCS_START(second)',
    'BTF_ID_FLAGS(func, bpf_b)',
    'BTF_KFUNCS_END(second)',
  ];
  expect(setsOf(...lines)).toEqual(['kfuncs first: bpf_a[]', 'kfuncs second: bpf_b[]']);
  expect(codesOf(...lines)).toEqual(['set-without-end']);
});

test('reports an entry outside any set and an entry without a name', () => {
  expect(codesOf('BTF_ID_FLAGS(func, bpf_a)', '', 'int x;')).toEqual(['entry-outside-set']);
  expect(codesOf('BTF_KFUNCS_START(s)', 'BTF_ID_FLAGS(func)', 'BTF_KFUNCS_END(s)')).toEqual([
    'odd-entry',
  ]);
});

test('ends with what is known when a macro in a set expands to itself', () => {
  expect(
    setsOf(
      '#define LOOP LOOP BTF_ID_FLAGS(func, bpf_a)',
      'BTF_KFUNCS_START(ids)',
      'LOOP',
      'BTF_ID_FLAGS(func, bpf_b)',
      'BTF_KFUNCS_END(ids)',
    )[0],
  ).toContain('bpf_b[]');
});
