import { describe, expect, test } from 'vitest';
import { kfuncsOf } from './kfuncs.ts';
import { readBtf } from './read-btf.ts';
import { smallKernel } from './testing.ts';
import { readVmlinuxHeader } from './vmlinux-header.ts';

const header = `#ifndef __VMLINUX_H__
struct anvil { int weight; };
extern int other;
extern void plain(int x);

/* BPF kfuncs */
#ifndef BPF_NO_KFUNC_PROTOTYPES
extern struct anvil *anvil_acquire(const struct anvil *anvil) __weak __ksym;
extern __bpf_fastcall void *anvil_cast(void *obj) __weak __ksym;
extern int anvil_strike(void __attribute__((address_space(1))) *where__arena, volatile const u32 (*marks)[4], _Bool (*less)(void *), long unsigned int size__sz) __weak __ksym;
#endif
`;

describe('readVmlinuxHeader', () => {
  test('reads the declarations as the BTF they were printed from', () => {
    const found = readVmlinuxHeader(header);
    const marks = found[2]!.params[1]!;
    // The one place where bpftool's spacing depends on whether there is a name.
    expect(marks.type).toBe('volatile const u32(*)[4]');
    expect(found).toEqual(kfuncsOf(readBtf(smallKernel().build())));
  });

  test.each<[string, string, string, string[]]>([
    ['struct task *p', 'p', 'struct task *', []],
    ['struct task **p', 'p', 'struct task **', []],
    ['char * const p', 'p', 'char * const', []],
    ['u8 hash[32]', 'hash', 'u8[32]', []],
    ['int grid[2][4]', 'grid', 'int[2][4]', []],
    ['void *slots[4]', 'slots', 'void *[4]', []],
    ['void (*done)(void *, int)', 'done', 'void (*)(void *, int)', []],
    ['void (**list[3])(void)', 'list', 'void (**[3])(void)', []],
    ['int (*)(void)', '', 'int (*)(void)', []],
    ['long unsigned int', '', 'long unsigned int', []],
    ['struct task', '', 'struct task', []],
    ['const struct task *', '', 'const struct task *', []],
    ['u32', '', 'u32', []],
    ['...', '', '...', []],
    [
      'void __attribute__((address_space(1))) * __attribute__((btf_type_tag("rcu"))) *p',
      'p',
      'void **',
      ['address_space(1)', 'btf_type_tag("rcu")'],
    ],
  ])('takes %s apart', (param, name, type, tags) => {
    const text = `extern void f(int x, ${param}) __weak __ksym;\n`;
    expect(readVmlinuxHeader(text)[0]!.params[1]).toEqual({ name, type, tags });
  });

  test('reads a declaration over several lines, and one without __weak', () => {
    const text = 'extern int\nf(int a,\n\tint b)\n\t__ksym;\nextern void g(void) __weak __ksym;';
    expect(readVmlinuxHeader(text).map((kfunc) => kfunc.prototype)).toEqual([
      'int f(int a, int b)',
      'void g(void)',
    ]);
  });

  test('gives the attributes of a result with the result', () => {
    const text = 'extern void __attribute__((address_space(1))) *f(void) __weak __ksym;';
    expect(readVmlinuxHeader(text)).toEqual([
      {
        name: 'f',
        prototype: 'void *f(void)',
        returns: 'void *',
        returnTags: ['address_space(1)'],
        params: [],
        tags: [],
      },
    ]);
  });

  test.each([
    'extern void f(int x) __weak;',
    'extern int x __weak __ksym;',
    'extern __weak __ksym;',
    'extern f(void) __weak __ksym;',
    'extern void f(void __weak __ksym;',
    'extern void f(void) __weak __ksym',
    '// extern void f(void) __weak __ksym;',
    `extern void f(${'int x, '.repeat(9000)}int y) __weak __ksym;`,
    '',
  ])('does not take %.40s for a kfunc', (text) => {
    expect(readVmlinuxHeader(text)).toEqual([]);
  });

  test.each(['(', '__attribute__((', 'int a[', '*', ' ', 'a', 'const '])(
    'is done at once with a declaration full of %s',
    (part) => {
      const text = `extern void f(${part.repeat(16_000 / part.length)}) __weak __ksym;\n`.repeat(
        20,
      );
      const start = performance.now();
      readVmlinuxHeader(text);
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});
