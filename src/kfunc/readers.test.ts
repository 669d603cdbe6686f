import { expect, test } from 'vitest';
import { commentText } from '../kdoc/comment.ts';
import { promisedRelease } from './deprecation.ts';
import { fanOut } from './hooks.ts';
import { prototypeOf } from './prototype.ts';
import { similarity, sketch } from './sketch.ts';
import { suffixOf } from './suffixes.ts';
import { factsOf } from './testing.ts';

const read = (...lines: string[]) => factsOf({ 'x.c': lines }).get('x.c')!;

test('reads flags with their bits and the words on their line, not the explanation above', () => {
  const { flags } = read(
    '#define KF_ACQUIRE\t(1 << 0) /* gives a reference */',
    '/* A long explanation',
    ' * of the next one.',
    ' */',
    '#define KF_TRUSTED_ARGS (1 << 4)',
    '#define KF_BOTH (KF_ACQUIRE | KF_TRUSTED_ARGS)',
  );
  expect(flags.map(({ name, bit, meaning }) => [name, bit, meaning])).toEqual([
    ['KF_ACQUIRE', 0, 'gives a reference'],
    ['KF_TRUSTED_ARGS', 4, null],
  ]);
});

test('5.18: the flags are the sets that the struct has room for', () => {
  const { flags } = read(
    'struct btf_kfunc_id_set {',
    '\tstruct module *owner;',
    '\tunion {',
    '\t\tstruct {',
    '\t\t\tstruct btf_id_set *check_set;',
    '\t\t\tstruct btf_id_set *acquire_set;',
    '\t\t\tstruct btf_id_set *kptr_acquire_set;',
    '\t\t};',
    '\t};',
    '};',
  );
  expect(flags.map(({ name, bit, line }) => [name, bit, line])).toEqual([
    ['KF_ACQUIRE', null, 6],
    ['KF_KPTR_GET', null, 7],
  ]);
});

const HOOKS = [
  { hook: 'BTF_KFUNC_HOOK_COMMON', programTypes: ['BPF_PROG_TYPE_UNSPEC'] },
  {
    hook: 'BTF_KFUNC_HOOK_TRACING',
    programTypes: ['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM'],
  },
];

test('reads which program types share a hook from the switch', () => {
  const { hooks } = read(
    'static int bpf_prog_type_to_kfunc_hook(enum bpf_prog_type prog_type)',
    '{',
    '\tswitch (prog_type) {',
    '\tcase BPF_PROG_TYPE_UNSPEC:',
    '\t\treturn BTF_KFUNC_HOOK_COMMON;',
    '\tcase BPF_PROG_TYPE_TRACING:',
    '\tcase BPF_PROG_TYPE_LSM:',
    '\t\treturn BTF_KFUNC_HOOK_TRACING;',
    '\tdefault:',
    '\t\treturn BTF_KFUNC_HOOK_MAX;',
    '\t}',
    '}',
  );
  expect(hooks).toEqual(HOOKS);
});

test('a registration for one type is one for all that share its hook', () => {
  expect(fanOut(['BPF_PROG_TYPE_LSM'], HOOKS)).toEqual([
    'BPF_PROG_TYPE_LSM',
    'BPF_PROG_TYPE_TRACING',
  ]);
  expect(fanOut(['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_UNSPEC'], HOOKS)).toEqual(['*']);
  expect(fanOut(['BPF_PROG_TYPE_XDP'], [])).toEqual(['BPF_PROG_TYPE_XDP']);
});

test('reads suffixes from the tests of kfunc arguments only, both ways of testing', () => {
  const { suffixes } = read(
    'static bool is_kfunc_arg_sz(const struct btf *btf, const struct btf_param *arg)',
    '{',
    '\treturn btf_param_match_suffix(btf, arg, "__sz");',
    '}',
    'static bool is_kfunc_arg_mem(const char *param_name)',
    '{',
    '\tint sfx_len = sizeof("__szk") - 1;',
    '\treturn !strncmp(param_name, "__szk", sfx_len);',
    '}',
    'static bool arch_func(const char *name)',
    '{',
    '\treturn !strncmp(name, "__x64_", 6);',
    '}',
    '#define NOCAST_ALIAS_SUFFIX "___init"',
  );
  expect(suffixes.map(({ literal, kind, line }) => [literal, kind, line])).toEqual([
    ['__sz', 'parameter', 3],
    ['__szk', 'parameter', 7],
    ['___init', 'type', 14],
  ]);
});

test('the suffix of a name is the longest that ends it', () => {
  const known = ['__nullable', '__arena', '__arena__nullable'].map((literal) => ({
    literal,
    kind: 'parameter',
  }));
  expect(suffixOf('map__arena__nullable', known)).toBe('__arena__nullable');
  expect(suffixOf('p__nullable', known)).toBe('__nullable');
  expect(suffixOf('nullable', known)).toBeNull();
});

test('an architecture supports kfuncs only when the body says so', () => {
  const body = (statement: string) =>
    read('bool bpf_jit_supports_kfunc_call(void)', '{', `\t${statement}`, '}').jit;
  expect(body('return true;')).toMatchObject({ supported: true, cond: { op: 'true' } });
  expect(body('return IS_ENABLED(CONFIG_PPC64);')).toMatchObject({
    supported: true,
    cond: { name: 'CONFIG_PPC64' },
  });
  expect(body('return false;')).toMatchObject({ supported: false });
});

const definition = (text: string) => read(`__bpf_kfunc ${text}`, '{', '}').definitions[0]!;

test('with KF_IMPLICIT_ARGS the BPF prototype ends before the first implicit parameter', () => {
  const push = definition('int bpf_push(struct head *head, struct btf_struct_meta *meta, u64 off)');
  const both = ['bpf_prog_aux', 'btf_struct_meta'];
  expect(prototypeOf(push, ['KF_IMPLICIT_ARGS'], [], both)).toMatchObject({
    kernel: 'int bpf_push(struct head *head, struct btf_struct_meta *meta, u64 off)',
    bpf: 'int bpf_push(struct head *head)',
    params: [{ implicit: false }, { implicit: true }, { implicit: true }],
  });
  expect(prototypeOf(push, ['KF_IMPLICIT_ARGS'], [], ['bpf_prog_aux']).bpf).toContain('u64 off');
  expect(prototypeOf(push, [], [], both).bpf).toContain('u64 off');
});

test('takes a const pointer for implicit, and leaves (void) when nothing remains', () => {
  const only = definition('u32 *bpf_only(const struct bpf_prog_aux *aux)');
  expect(prototypeOf(only, ['KF_IMPLICIT_ARGS'], [], ['bpf_prog_aux']).bpf).toBe(
    'u32 *bpf_only(void)',
  );
});

test('a program does not see __user', () => {
  const copy = definition('int bpf_copy(void *dst, const void __user *src)');
  expect(prototypeOf(copy, [], [], [])).toMatchObject({
    kernel: 'int bpf_copy(void *dst, const void __user *src)',
    bpf: 'int bpf_copy(void *dst, const void *src)',
  });
});

test('a program sees a pointer where the kernel writes a parameter of function type', () => {
  const bpf = (params: string) =>
    prototypeOf(definition(`int bpf_call(${params})`), [], [], []).bpf.slice('int bpf_call'.length);
  expect(bpf('bool (less)(struct node *a, int b), u64 off')).toBe(
    '(bool (*less)(struct node *a, int b), u64 off)',
  );
  expect(bpf('int cb(void *cb_ctx)')).toBe('(int (*cb)(void *cb_ctx))');
  expect(bpf('void *get(int nr)')).toBe('(void *(*get)(int nr))');
  expect(bpf('struct lamp *(get)(int nr)')).toBe('(struct lamp *(*get)(int nr))');
});

test('leaves a pointer to a function, an array and a plain parameter as they are', () => {
  const text = 'int bpf_call(int (*cb)(void *ctx), u8 buf[16], struct lamp *p)';
  expect(prototypeOf(definition(text), [], [], [])).toMatchObject({ kernel: text, bpf: text });
});

test('the kernel prototype keeps a parameter of function type as it is written', () => {
  const text = 'int bpf_call(bool (less)(struct node *a))';
  expect(prototypeOf(definition(text), [], [], []).kernel).toBe(text);
});

test('finds words of deprecation in the comment, in a warning and in the body', () => {
  const { definitions } = read(
    '/*',
    ' * COMPAT: Will be removed in v6.23. Use bpf_new() instead.',
    ' */',
    '__bpf_kfunc int bpf_old(int a)',
    '{',
    '\tpr_warn_once("bpf_old() renamed to bpf_new()\\n");',
    '\treturn bpf_new(a);',
    '}',
  );
  const [old] = definitions;
  expect(old!.deprecation.map(({ kind, promised, instead }) => [kind, promised, instead])).toEqual([
    ['comment', 'v6.23', 'bpf_new'],
    ['warning', null, 'bpf_new'],
  ]);
  expect(old!.fingerprint.wraps).toBe('bpf_new');
});

test('does not take other talk for deprecation', () => {
  const { definitions } = read(
    '/* Frees what was removed from the tree; compat with old callers. */',
    '__bpf_kfunc void bpf_free(void)',
    '{',
    '}',
  );
  expect(definitions[0]!.deprecation).toEqual([]);
});

test('a promise of v6.23 means v7.3, since 6.19 is followed by 7.0', () => {
  expect(promisedRelease('v6.23')).toBe('v7.3');
  expect(promisedRelease('v6.20')).toBe('v7.0');
  expect(promisedRelease('v6.19')).toBe('v6.19');
  expect(promisedRelease('v5.21')).toBe('v6.1');
});

test('the words of a comment lose their margin and keep their indentation', () => {
  expect(commentText('/**\n * name() - does\n *\n * Example::\n *\n *\tx = 1;  \n */')).toBe(
    'name() - does\n\nExample::\n\n\tx = 1;',
  );
  expect(commentText('/* one line */')).toBe('one line');
  expect(commentText('// two\n// lines')).toBe('two\nlines');
});

test('sketches tell a changed text from another one', () => {
  const words = (text: string) => text.split(' ');
  const a = sketch(words('int a b c d e f g h i j k l m n o p q r s t'));
  const b = sketch(words('int a b c d e f g h i j k l m n o p q r s x'));
  const c = sketch(words('nothing in it is like the other one at all or so'));
  expect(similarity(a, a)).toBe(1);
  expect(similarity(a, b)).toBeGreaterThan(0.8);
  expect(similarity(a, c)).toBe(0);
  expect(similarity([], [])).toBe(0);
});
