import { expect, test } from 'vitest';
import { atlasOf, kernels, type Atlas } from './atlas.ts';
import type { Files } from './base.ts';
import { definition, entry, idSet, INCLUDES, kfuncFile, registration, source } from './c.ts';

const HELPERS = 'kernel/bpf/helpers.c';

/** A file that only holds the set: its members are defined elsewhere, or in `lines`. */
function setOf(names: string[], lines: string[] = []): string {
  return source(
    ...INCLUDES,
    ...lines,
    ...idSet(
      'all_ids',
      names.map((name) => entry({ name })),
    ),
    ...registration('all', ['XDP']),
  );
}

function release(files: Files): Promise<Atlas> {
  return atlasOf(kernels({ 'v6.12': files }));
}

test('static, a return type on its own line, attributes in between, no mark at all', async () => {
  const names = ['bpf_static', 'bpf_own_line', 'bpf_attributes', 'bpf_unmarked', 'bpf_callback'];
  const lines = [
    '__bpf_kfunc static struct a *bpf_static(struct b *b)',
    '{',
    '\treturn b->a;',
    '}',
    '__bpf_kfunc struct a *',
    'bpf_own_line(struct b *b,',
    '\t     u32 n)',
    '{',
    '\treturn b->a + n;',
    '}',
    '__bpf_kfunc struct a * noinline __weak bpf_attributes(const struct b *b __maybe_unused)',
    '{',
    '\treturn NULL;',
    '}',
    'u64 bpf_unmarked(void)',
    '{',
    '\treturn 0;',
    '}',
    '__bpf_kfunc int bpf_callback(int (callback)(void *map, int *key), void *p__ign, u8 buf[static 16])',
    '{',
    '\treturn 0;',
    '}',
  ];
  const atlas = await release({ [HELPERS]: setOf(names, lines) });
  expect(atlas.diagnostics).toEqual([]);
  expect(names.map((name) => atlas.facts(name, 'v6.12').prototype?.bpf)).toEqual([
    'struct a *bpf_static(struct b *b)',
    'struct a *bpf_own_line(struct b *b, u32 n)',
    'struct a *bpf_attributes(const struct b *b)',
    'u64 bpf_unmarked(void)',
    'int bpf_callback(int (*callback)(void *map, int *key), void *p__ign, u8 buf[static 16])',
  ]);
});

test('a file with none of the usual words: in the same directory, in another one, in none near', async () => {
  const plain = (name: string): string => source(...definition({ name, mark: '' }));
  const atlas = await release({
    [HELPERS]: setOf(['near_thing', 'net_thing', 'far_thing', 'lost_thing']),
    'kernel/bpf/near.c': plain('near_thing'),
    'net/core/net.c': plain('net_thing'),
    'drivers/gpu/deep/below/far.c': plain('far_thing'),
    'tools/lib/far.c': plain('lost_thing'),
    'drivers/caller.c': source('int caller(void)', '{', '\treturn lost_thing(near_thing(1));', '}'),
  });
  const file = (name: string) => atlas.facts(name, 'v6.12').definitions.map((d) => d.file);
  expect(file('near_thing')).toEqual(['kernel/bpf/near.c']);
  expect(file('net_thing')).toEqual(['net/core/net.c']);
  expect(file('far_thing')).toEqual(['drivers/gpu/deep/below/far.c']);
  expect(file('lost_thing')).toEqual([]);
  expect(atlas.facts('lost_thing', 'v6.12').prototype).toBeNull();
  expect(atlas.diagnostics).toContain(
    `${HELPERS}:8: warning: No definition of lost_thing was found. [v6.12]`,
  );
});

test('under arch/: only those architectures have it', async () => {
  const get = (name: string): string =>
    source(...definition({ name, params: 'void', body: ['return 1;'] }));
  const atlas = await release({
    [HELPERS]: setOf(['bpf_core', 'bpf_low', 'bpf_two'], definition({ name: 'bpf_core' })),
    'arch/s390/kernel/bpf.c': get('bpf_low') + get('bpf_two'),
    'arch/s390/kernel/Makefile': 'obj-y += bpf.o\n',
    'arch/arm64/kernel/bpf.c': get('bpf_two'),
    'arch/arm64/kernel/Makefile': 'obj-y += bpf.o\n',
  });
  expect(atlas.facts('bpf_core', 'v6.12').arch).toBeNull();
  expect(atlas.facts('bpf_low', 'v6.12').arch).toEqual(['s390']);
  expect(atlas.facts('bpf_two', 'v6.12').arch).toEqual(['arm64', 's390']);
});

test('of two definitions the stub in #else is not the one told, and needs no configuration', async () => {
  const real = ['struct a *a = a_of(id);', 'return a ? a->n : -ENOENT;'];
  const atlas = await release({
    [HELPERS]: setOf(
      ['bpf_a'],
      [
        '#ifdef CONFIG_MMU',
        '/**',
        ' * bpf_a - Read a thing.',
        ' * @id: which one',
        ' */',
        ...definition({ name: 'bpf_a', params: 'u64 id', body: real }),
        '#else',
        ...definition({ name: 'bpf_a', params: 'u64 id', body: ['return -ENOENT;'] }),
        '#endif',
      ],
    ),
  });
  expect(atlas.facts('bpf_a', 'v6.12')).toMatchObject({
    definitions: [
      { file: HELPERS, guard: 'CONFIG_MMU' },
      { file: HELPERS, guard: '!CONFIG_MMU' },
    ],
    doc: { kind: 'kernel-doc' },
    config: { expr: 'CONFIG_BPF_SYSCALL' },
  });
});

test('a static inline stub in a header is not the definition, and does not hide the real one', async () => {
  const header = source(
    '#ifdef CONFIG_THING',
    'int thing_look_up(u32 id);',
    '#else',
    'static inline int thing_look_up(u32 id)',
    '{',
    '\treturn 0;',
    '}',
    '#endif',
  );
  const atlas = await release({
    [HELPERS]: setOf(['thing_look_up']),
    'include/linux/thing.h': header,
    'kernel/thing.c': source(
      '#include <linux/thing.h>',
      'int thing_look_up(u32 number)',
      '{',
      '\treturn find(number);',
      '}',
    ),
    'kernel/Makefile': 'obj-y += bpf/\nobj-$(CONFIG_THING) += thing.o\n',
  });
  expect(atlas.facts('thing_look_up', 'v6.12')).toMatchObject({
    prototype: { bpf: 'int thing_look_up(u32 number)' },
    definitions: [{ file: 'kernel/thing.c', guard: null }],
  });
});

test('kernel-doc that names another function is still the comment of the one below it', async () => {
  const doc = (name: string): string[] => [
    '/**',
    ` * ${name} - Put a task into a queue.`,
    ' * @n: how often',
    ' */',
  ];
  const text = kfuncFile(
    'q',
    ['XDP'],
    [
      { name: 'bpf_put', comment: doc('bpf_put') },
      { name: 'bpf_put___v2', params: 'int a, u64 n', comment: doc('bpf_put') },
    ],
  );
  const atlas = await release({ [HELPERS]: text });
  const { doc: v2 } = atlas.facts('bpf_put___v2', 'v6.12');
  expect(v2.kind).toBe('kernel-doc');
  expect(atlas.dataset.prose?.get(v2.hash!)).toContain('bpf_put - Put a task into a queue.');
});

test('the text of a comment is told by its hash, whatever its wrapping', async () => {
  const wrapped = (text: string[]): string =>
    kfuncFile(
      'a',
      ['XDP'],
      [{ name: 'bpf_a', comment: ['/**', ...text.map((l) => ` * ${l}`), ' */'] }],
    );
  const atlas = await atlasOf(
    kernels({
      'v6.1': { [HELPERS]: wrapped(['bpf_a - Do it now and well', '', 'More of it.']) },
      'v6.2': { [HELPERS]: wrapped(['bpf_a - Do it now', 'and well', '', 'More of it.']) },
      'v6.3': { [HELPERS]: wrapped(['bpf_a - Do it later', '', 'More of it.']) },
    }),
  );
  expect(atlas.kinds('bpf_a')).toEqual(['v6.1 added', 'v6.3 doc']);
});

test('implicit arguments are no part of what a program declares', async () => {
  const known = {
    flags: ['KF_ACQUIRE', 'KF_IMPLICIT_ARGS'],
    implicitArgs: ['bpf_prog_aux', 'thing_meta'],
  };
  const text = kfuncFile(
    'a',
    ['XDP'],
    [
      {
        name: 'bpf_a',
        params: 'struct x *x, u32 n, struct thing_meta *meta, u64 off',
        flags: 'KF_IMPLICIT_ARGS',
      },
      {
        name: 'bpf_b',
        params: 'struct x *x, const struct bpf_prog_aux *aux',
        flags: 'KF_IMPLICIT_ARGS',
      },
      { name: 'bpf_c', params: 'struct x *x, struct bpf_prog_aux *aux' },
    ],
  );
  const atlas = await atlasOf(kernels({ 'v7.1': { files: { [HELPERS]: text }, known } }));
  expect(atlas.facts('bpf_a', 'v7.1').prototype).toMatchObject({
    kernel: 'int bpf_a(struct x *x, u32 n, struct thing_meta *meta, u64 off)',
    bpf: 'int bpf_a(struct x *x, u32 n)',
    params: [{ implicit: false }, { implicit: false }, { implicit: true }, { implicit: true }],
  });
  expect(atlas.facts('bpf_b', 'v7.1').prototype?.bpf).toBe('int bpf_b(struct x *x)');
  expect(atlas.facts('bpf_c', 'v7.1').prototype?.bpf).toContain('aux');
  expect(atlas.release('v7.1').implicitArgs).toEqual(['bpf_prog_aux', 'thing_meta']);
});

test('architectures are told whose JIT can call, and under which condition', async () => {
  const jit = (...body: string[]): string =>
    source('bool bpf_jit_supports_kfunc_call(void)', '{', ...body.map((l) => `\t${l}`), '}');
  const atlas = await release({
    'arch/x86/net/bpf_jit_comp.c': jit('return true;'),
    'arch/x86/net/Makefile': 'obj-$(CONFIG_BPF_JIT) += bpf_jit_comp.o\n',
    'arch/powerpc/net/bpf_jit_comp.c': jit('return IS_ENABLED(CONFIG_PPC64);'),
    'arch/powerpc/net/Makefile': 'obj-$(CONFIG_BPF_JIT) += bpf_jit_comp.o\n',
    'arch/mips/net/bpf_jit_comp.c': jit('return false;'),
    'arch/mips/net/Makefile': 'obj-$(CONFIG_BPF_JIT) += bpf_jit_comp.o\n',
  });
  expect(atlas.release('v6.12').jit.map(({ arch, condition }) => [arch, condition])).toEqual([
    ['powerpc', 'CONFIG_PPC64'],
    ['x86', null],
  ]);
});
