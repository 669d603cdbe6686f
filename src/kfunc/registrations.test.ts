import { expect, test } from 'vitest';
import { condToText } from '../c/condition.ts';
import type { Cond } from '../c/types.ts';
import type { RegistrationFacts } from './registrations.ts';
import { factsOf } from './testing.ts';

function registrationsIn(lines: readonly string[]): readonly RegistrationFacts[] {
  return factsOf({ 'a.c': [...lines] }).get('a.c')!.registrations;
}

const conditional = (text: string | null, guard: Cond) =>
  guard.op === 'true' ? `${text}` : `${text} if ${condToText(guard)}`;

/** The conditions of the registrations in a function of these lines. */
function conditionsIn(...lines: string[]): string[] {
  const found = registrationsIn(['static int init(void)', '{', ...lines, '}']);
  return found.map(({ guard }) => condToText(guard));
}

/** What the registrations of a file are for, with their conditions. */
function targetsIn(...lines: string[]): string[] {
  return registrationsIn(lines).map(({ target, guard }) => conditional(target, guard));
}

/** The variables that a file registers, with their conditions. */
function setsIn(...lines: string[]): string[] {
  return registrationsIn(lines).map(({ idSet, guard }) => conditional(idSet, guard));
}

const call = 'register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &set);';

test('does not take a test for a condition that need not hold, or that comes later', () => {
  expect(
    conditionsIn(
      'if (ret && !IS_ENABLED(CONFIG_A))',
      '\treturn ret;',
      'if (!IS_ENABLED(CONFIG_B))',
      '\tpr_info("without");',
      call,
      'if (!IS_ENABLED(CONFIG_C))',
      '\treturn 0;',
    ),
  ).toEqual(['1']);
});

test('takes a test around a block for all calls in it', () => {
  expect(
    conditionsIn('if (IS_ENABLED(CONFIG_A) && IS_BUILTIN(CONFIG_B)) {', call, call, '}', call),
  ).toEqual(['CONFIG_A && CONFIG_B=y', 'CONFIG_A && CONFIG_B=y', '1']);
});

test.each([
  ['tests', `if (!IS_ENABLED(CONFIG_A)) return 0; ${call}`],
  ['conditions without end', 'if (IS_ENABLED(CONFIG_A) if (IS_ENABLED(CONFIG_A)'],
  ['statements without end', 'if (IS_ENABLED(CONFIG_A)) if (IS_ENABLED(CONFIG_A))'],
  ['types from elsewhere', 'register_btf_kfunc_id_set(types[i], &set);'],
  ['brackets without end', 'register_btf_kfunc_id_set(t, &set); t[ t[ t['],
  ['functions that call themselves', '} int f(int t) { f(t); register_btf_kfunc_id_set(t, &set);'],
])('is not kept busy by thousands of %s', (_, line) => {
  const started = performance.now();
  conditionsIn(...Array.from({ length: 20_000 }, () => line));
  expect(performance.now() - started).toBeLessThan(10_000);
});

const xdpAndLsm = ['BPF_PROG_TYPE_XDP', 'BPF_PROG_TYPE_LSM'];

test('takes the types of an array that a loop goes through, in the function or before it', () => {
  const array = [
    'static const enum bpf_prog_type types[] = {',
    '\tBPF_PROG_TYPE_XDP,',
    '\tBPF_PROG_TYPE_LSM,',
    '};',
  ];
  const loop = [
    'for (i = 0; i < ARRAY_SIZE(types); i++)',
    '\tret = ret ?: register_btf_kfunc_id_set(types[i], &set);',
  ];
  expect(targetsIn('static int init(void)', '{', ...array, ...loop, '}')).toEqual(xdpAndLsm);
  expect(targetsIn(...array, 'static int init(void)', '{', ...loop, '}')).toEqual(xdpAndLsm);
});

test('takes all types that an array is given one by one', () => {
  expect(
    targetsIn(
      'static int init(void)',
      '{',
      '\tenum bpf_prog_type types[2];',
      '\ttypes[0] = BPF_PROG_TYPE_XDP;',
      '\ttypes[1] = BPF_PROG_TYPE_LSM;',
      '\treturn register_btf_kfunc_id_set(types[i], &set);',
      '}',
    ),
  ).toEqual(xdpAndLsm);
});

test('takes the conditionals inside an array of types along', () => {
  expect(
    targetsIn(
      'static const enum bpf_prog_type types[] = {',
      '\tBPF_PROG_TYPE_XDP,',
      '#ifdef CONFIG_BPF_LSM',
      '\tBPF_PROG_TYPE_LSM,',
      '#endif',
      '};',
      'static int init(void)',
      '{',
      '\treturn register_btf_kfunc_id_set(types[0], &set);',
      '}',
    ),
  ).toEqual(['BPF_PROG_TYPE_XDP', 'BPF_PROG_TYPE_LSM if CONFIG_BPF_LSM']);
});

test('takes the types that callers pass, and those of a choice', () => {
  expect(
    targetsIn(
      'static int enlist(enum bpf_prog_type type)',
      '{',
      '\treturn register_btf_kfunc_id_set(type, &set);',
      '}',
      'static int init(void)',
      '{',
      '\treturn enlist(BPF_PROG_TYPE_XDP) ?: enlist(BPF_PROG_TYPE_LSM);',
      '}',
      'static int again(void) { return enlist(BPF_PROG_TYPE_XDP); }',
    ),
  ).toEqual(xdpAndLsm);
  expect(
    targetsIn(
      'static int init(void)',
      '{',
      '\treturn register_btf_kfunc_id_set(late ? BPF_PROG_TYPE_XDP : BPF_PROG_TYPE_LSM, &set);',
      '}',
    ),
  ).toEqual(xdpAndLsm);
});

test.each([
  ['a variable that counts', 'for (t = BPF_PROG_TYPE_XDP; t < 9; t++)', 't'],
  ['what a function gives', '', 'next_type(here)'],
  ['an array without end', 'enum bpf_prog_type t[] = { 1', 't[0]'],
  ['nothing', '', ''],
])('tells no type for %s', (_, before, argument) => {
  expect(
    targetsIn(
      'static int init(void)',
      '{',
      before,
      `\tret = register_btf_kfunc_id_set(${argument}, &set);`,
      '}',
    ),
  ).toEqual(['null']);
});

test('takes the sets of an array of pointers, with the conditionals inside', () => {
  expect(
    setsIn(
      'static const struct btf_kfunc_id_set *const sets[] = {',
      '#ifdef CONFIG_KEYS',
      '\t&key_set,',
      '#endif',
      '\t&file_set,',
      '};',
      'static int init(void)',
      '{',
      '\tfor (i = 0; i < ARRAY_SIZE(sets); i++)',
      '\t\tret = ret ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_SYSCALL, sets[i]);',
      '\treturn ret;',
      '}',
    ),
  ).toEqual(['key_set if CONFIG_KEYS', 'file_set']);
});

test('takes an array of structs by its name', () => {
  expect(
    setsIn(
      'static const struct btf_kfunc_id_set sets[] = {',
      '\t{ .owner = THIS_MODULE, .set = &a_ids },',
      '};',
      'static int init(void)',
      '{',
      '\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_SYSCALL, &sets[0]);',
      '}',
    ),
  ).toEqual(['sets']);
});

test('takes the sets that callers pass, and the name of the parameter where nobody here does', () => {
  const helper = [
    'int enlist(const struct btf_kfunc_id_set *set)',
    '{',
    '\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_SYSCALL, set);',
    '}',
  ];
  const caller = 'static int init(void) { return enlist(&a_set) ?: enlist(&b_set); }';
  expect(setsIn(...helper, caller)).toEqual(['a_set', 'b_set']);
  expect(setsIn(...helper)).toEqual(['set']);
});

test('takes the type of each call with the set of the same call', () => {
  const found = registrationsIn([
    'static int enlist(int type, const struct btf_kfunc_id_set *set)',
    '{',
    '\treturn register_btf_kfunc_id_set((enum bpf_prog_type)type, set);',
    '}',
    'static int init(void)',
    '{',
    '#ifdef CONFIG_NET',
    '\tret = enlist(BPF_PROG_TYPE_XDP, &a_set);',
    '#endif',
    '\treturn enlist(BPF_PROG_TYPE_LSM, &b_set);',
    '}',
  ]);
  expect(found.map(({ idSet, target, guard }) => [idSet, conditional(target, guard)])).toEqual([
    ['a_set', 'BPF_PROG_TYPE_XDP if CONFIG_NET'],
    ['b_set', 'BPF_PROG_TYPE_LSM'],
  ]);
});

test('does not tell which of two arrays that go together belongs to which', () => {
  const arrays = [
    'static const enum bpf_prog_type types[] = { BPF_PROG_TYPE_XDP, BPF_PROG_TYPE_LSM };',
    'static const struct btf_kfunc_id_set *sets[] = { &a_set, &b_set };',
    'static int init(void)',
    '{',
  ];
  const targets = (call: string) => targetsIn(...arrays, `\treturn ${call};`, '}');
  expect(targets('register_btf_kfunc_id_set(types[i], sets[i])')).toEqual(['null', 'null']);
  expect(targets('register_btf_kfunc_id_set(types[i], sets[j])')).toEqual([
    ...xdpAndLsm,
    ...xdpAndLsm,
  ]);
});

test.each(['next_set(here)', 'sets', '&list->sets[0]', 'NULL', ''])(
  'takes %j for no set of this file, unless it is a variable',
  (argument) => {
    expect(
      setsIn(
        'static int init(void)',
        '{',
        `\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_SYSCALL, ${argument});`,
        '}',
      ),
    ).toEqual(argument === 'sets' ? ['sets'] : []);
  },
);
