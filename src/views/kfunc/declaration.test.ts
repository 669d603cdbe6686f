import { describe, expect, it } from 'vitest';
import { declaration, wrapPrototype } from './declaration.ts';

/** The declaration of a prototype whose parameters are written `type name`. */
function declare(bpf: string, flags: string[] = [], params: string[] = []): string | null {
  return declaration({
    flags,
    prototype: {
      kernel: bpf,
      bpf,
      returns: '',
      params: params.map((name) => ({ name, type: '', suffix: null, implicit: false })),
    },
  });
}

describe('the declaration that a program pastes', () => {
  it('is extern, weak and a ksym', () => {
    expect(declare('struct lamp *bpf_lamp_get(u32 nr)')).toBe(
      'extern struct lamp *bpf_lamp_get(u32 nr) __weak __ksym;',
    );
  });

  it('says __bpf_fastcall after extern where the kernel keeps that contract', () => {
    expect(declare('void *bpf_lamp_cast(void *obj)', ['KF_FASTCALL'])).toBe(
      'extern __bpf_fastcall void *bpf_lamp_cast(void *obj) __weak __ksym;',
    );
  });

  it('puts what KF_ARENA_RET returns into the address space of the arena', () => {
    expect(declare('const void *bpf_lamp_map(void)', ['KF_ARENA_RET'])).toBe(
      'extern const void __attribute__((address_space(1))) *bpf_lamp_map(void) __weak __ksym;',
    );
  });

  it('puts the argument that a flag counts into the arena, and no other', () => {
    const text = 'void bpf_lamp_put(void *map, void *lamp, void *ctx)';
    expect(declare(text, ['KF_ARENA_ARG2'], ['map', 'lamp', 'ctx'])).toBe(
      'extern void bpf_lamp_put(void *map, void __attribute__((address_space(1))) *lamp, void *ctx) __weak __ksym;',
    );
    expect(declare(text, ['KF_ARENA_ARG1'], ['map', 'lamp', 'ctx'])).toContain(
      '(1))) *map, void *',
    );
  });

  it('puts arguments with an arena suffix into the arena', () => {
    const text = 'void f(const s32 *a__arena, u32 n, struct lamp *b__arena__nullable, int *c)';
    const names = ['a__arena', 'n', 'b__arena__nullable', 'c'];
    expect(declare(text, [], names)).toBe(
      'extern void f(const s32 __attribute__((address_space(1))) *a__arena, u32 n, struct lamp __attribute__((address_space(1))) *b__arena__nullable, int *c) __weak __ksym;',
    );
  });

  it('leaves a number alone, whatever the flags say', () => {
    expect(declare('u64 f(u64 a)', ['KF_ARENA_RET', 'KF_ARENA_ARG1'], ['a'])).toBe(
      'extern u64 f(u64 a) __weak __ksym;',
    );
  });

  it('counts a callback as one parameter', () => {
    expect(
      declare('void f(int (*visit)(void *a, void *b), void *p__arena)', [], ['visit', 'p__arena']),
    ).toContain('int (*visit)(void *a, void *b), void __attribute__((address_space(1))) *p__arena');
  });

  it('is not made without a prototype', () => {
    expect(declaration({ prototype: null, flags: [] })).toBeNull();
  });
});

describe('a prototype on a page', () => {
  it('stays on one line when it fits', () => {
    expect(wrapPrototype('int f(int a, int b)')).toBe('int f(int a, int b)');
  });

  it('is broken at the commas between parameters, and at no other', () => {
    const text =
      'int bpf_lamp_each(struct lamp *first, int (*visit)(struct lamp *l, void *ctx), void *ctx)';
    expect(wrapPrototype(text)).toBe(
      [
        'int bpf_lamp_each(struct lamp *first, int (*visit)(struct lamp *l, void *ctx),',
        '                  void *ctx)',
      ].join('\n'),
    );
  });

  it('breaks before the first parameter of a long name', () => {
    const name = 'bpf_lamp_with_a_name_that_takes_most_of_the_line';
    expect(wrapPrototype(`struct lamp *${name}(struct lamp *first, u64 flags)`)).toBe(
      `struct lamp *${name}(\n        struct lamp *first, u64 flags)`,
    );
  });

  it('takes an attribute of the return type for no parameters', () => {
    const head = 'extern void __attribute__((address_space(1))) *bpf_lamp_map(';
    expect(wrapPrototype(`${head}void *map, u32 count, int node) __weak __ksym;`)).toBe(
      `${head}\n        void *map, u32 count, int node) __weak __ksym;`,
    );
  });

  it('is left alone when it has no parameters to break at', () => {
    const text = `int ${'long_'.repeat(20)}(void)`;
    expect(wrapPrototype(text)).toBe(text);
  });
});
