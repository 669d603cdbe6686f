import { describe, expect, test } from 'vitest';
import { BtfError } from './btf-error.ts';
import { functionsOf, kfuncsOf, marksKfuncs } from './kfuncs.ts';
import { Kind } from './kinds.ts';
import { readBtf } from './read-btf.ts';
import { btfWriter, smallKernel } from './testing.ts';

type Writer = ReturnType<typeof btfWriter>;

/** The one parameter of an invented kfunc, as it is printed, and its type alone. */
function printed(type: (w: Writer) => number): [string, string] {
  const w = btfWriter();
  w.kfunc('f', 0, [['x', type(w)]]);
  const kfunc = kfuncsOf(readBtf(w.build()))[0]!;
  return [kfunc.prototype.replace(/^void f\((.*)\)$/, '$1'), kfunc.params[0]!.type];
}

describe('kfuncsOf', () => {
  test('finds the functions that are tagged, by name, with their other tags', () => {
    expect(kfuncsOf(readBtf(smallKernel().build()))).toEqual([
      {
        name: 'anvil_acquire',
        prototype: 'struct anvil *anvil_acquire(const struct anvil *anvil)',
        returns: 'struct anvil *',
        returnTags: [],
        params: [{ name: 'anvil', type: 'const struct anvil *', tags: [] }],
        tags: [],
      },
      {
        name: 'anvil_cast',
        prototype: 'void *anvil_cast(void *obj)',
        returns: 'void *',
        returnTags: [],
        params: [{ name: 'obj', type: 'void *', tags: [] }],
        tags: ['bpf_fastcall'],
      },
      {
        name: 'anvil_strike',
        prototype:
          'int anvil_strike(void *where__arena, volatile const u32 (*marks)[4], ' +
          '_Bool (*less)(void *), long unsigned int size__sz)',
        returns: 'int',
        returnTags: [],
        params: [
          { name: 'where__arena', type: 'void *', tags: ['address_space(1)'] },
          { name: 'marks', type: 'volatile const u32(*)[4]', tags: [] },
          { name: 'less', type: '_Bool (*)(void *)', tags: [] },
          { name: 'size__sz', type: 'long unsigned int', tags: [] },
        ],
        tags: [],
      },
    ]);
  });

  test('finds the same in the other byte order', () => {
    const [little, big] = [false, true].map((bigEndian) =>
      kfuncsOf(readBtf(smallKernel({ bigEndian }).build())),
    );
    expect(big).toEqual(little);
  });

  test('finds of split BTF only its own', () => {
    const base = readBtf(smallKernel().build());
    const w = btfWriter({ base });
    w.kfunc('bellows_blow', 1, [['force', 1]]);
    const found = kfuncsOf(readBtf(w.build(), { base }));
    expect(found.map((kfunc) => kfunc.prototype)).toEqual(['int bellows_blow(int force)']);
  });

  test('does not take a tag on a parameter, or on a structure, for a kfunc', () => {
    const w = btfWriter();
    const func = w.func('f', w.proto(0, [['x', w.int('int')]]));
    w.declTag('bpf_kfunc', func, 0);
    w.declTag('bpf_kfunc', w.struct('s'));
    w.declTag('bpf_fastcall', func);
    expect(kfuncsOf(readBtf(w.build()))).toEqual([]);
  });

  test('takes two equal functions of one name for one, and refuses different ones', () => {
    const w = btfWriter();
    const int = w.int('int');
    w.kfunc('f', int);
    w.kfunc('f', int);
    expect(kfuncsOf(readBtf(w.build()))).toHaveLength(1);
    w.kfunc('f', 0);
    expect(() => kfuncsOf(readBtf(w.build()))).toThrow(/the kfunc f twice/);
  });

  test('says of BTF that tags no function as a kfunc that it marks none, and of a module what its kernel does', () => {
    const older = btfWriter();
    older.declTag('bpf_fastcall', older.func('f', older.proto(0, [])));
    older.declTag('bpf_kfunc', older.struct('s'));
    const oldKernel = readBtf(older.build());
    const newKernel = readBtf(smallKernel().build());
    const module = (base: ReturnType<typeof readBtf>) => {
      const w = btfWriter({ base });
      w.func('g', w.proto(0, []));
      return readBtf(w.build(), { base });
    };
    expect([oldKernel, module(oldKernel)].map(marksKfuncs)).toEqual([false, false]);
    expect([newKernel, module(newKernel)].map(marksKfuncs)).toEqual([true, true]);
  });

  test('finds functions by name, tagged or not, those of a module alone, the first of several', () => {
    const base = readBtf(smallKernel().build());
    const w = btfWriter({ base });
    const int = 1;
    w.func('bellows_blow', w.proto(int, [['force', int]]));
    w.func('bellows_blow', w.proto(int, []));
    const module = readBtf(w.build(), { base });
    const names = new Set(['anvil_helper', 'anvil_cast', 'bellows_blow', 'nobody']);
    const prototypes = (btf: typeof base) => functionsOf(btf, names).map((f) => f.prototype);
    expect(prototypes(base)).toEqual(['void *anvil_cast(void *obj)', 'void anvil_helper(int x)']);
    expect(prototypes(module)).toEqual(['int bellows_blow(int force)']);
  });

  test('names no parameter of a function that has none, or only an ellipsis', () => {
    const w = btfWriter();
    w.kfunc('f', 0);
    w.kfunc('g', 0, [['', 0]]);
    w.kfunc('h', 0, [
      ['x', w.int('int')],
      ['', 0],
    ]);
    const found = kfuncsOf(readBtf(w.build()));
    expect(found.map((kfunc) => kfunc.prototype)).toEqual([
      'void f(void)',
      'void g(void)',
      'void h(int x, ...)',
    ]);
    expect(found.map((kfunc) => kfunc.params.length)).toEqual([0, 0, 2]);
    expect(found[2]!.params[1]).toEqual({ name: '', type: '...', tags: [] });
  });
});

describe('a type', () => {
  const char = (w: Writer) => w.int('char', 1);
  test.each<[string, string, (w: Writer) => number]>([
    ['char x', 'char', char],
    ['const char *x', 'const char *', (w) => w.ptr(w.const(char(w)))],
    ['char * const x', 'char * const', (w) => w.const(w.ptr(char(w)))],
    ['char **x', 'char **', (w) => w.ptr(w.ptr(char(w)))],
    [
      'const char * restrict *x',
      'const char * restrict *',
      (w) => w.ptr(w.restrict(w.ptr(w.const(char(w))))),
    ],
    ['volatile const char x', 'volatile const char', (w) => w.const(w.volatile(char(w)))],
    ['const void *x', 'const void *', (w) => w.ptr(w.const(0))],
    ['anvil_t *x', 'anvil_t *', (w) => w.ptr(w.typedef('anvil_t', char(w)))],
    ['union bellows *x', 'union bellows *', (w) => w.ptr(w.fwd('bellows', true))],
    ['enum heat x', 'enum heat', (w) => w.enum('heat', ['HOT'])],
    ['struct forge x', 'struct forge', (w) => w.struct('forge')],
    ['char x[4]', 'char[4]', (w) => w.array(char(w), 1, 4)],
    [
      'char x[2][4]',
      'char[2][4]',
      (w) => {
        const c = char(w);
        return w.array(w.array(c, c, 4), c, 2);
      },
    ],
    [
      'char *x[4]',
      'char *[4]',
      (w) => {
        const c = char(w);
        return w.array(w.ptr(c), c, 4);
      },
    ],
    [
      'char (*x)[4]',
      'char(*)[4]',
      (w) => {
        const c = char(w);
        return w.ptr(w.array(c, c, 4));
      },
    ],
    ['char (*x)(void)', 'char (*)(void)', (w) => w.ptr(w.proto(char(w)))],
    [
      'void (*x)(char, ...)',
      'void (*)(char, ...)',
      (w) =>
        w.ptr(
          w.proto(0, [
            ['', char(w)],
            ['', 0],
          ]),
        ),
    ],
    [
      'void (*x)(char * const)',
      'void (*)(char * const)',
      (w) => w.ptr(w.volatile(w.proto(0, [['', w.const(w.ptr(char(w)))]]))),
    ],
    [
      'void (**x[3])(void)',
      'void (**[3])(void)',
      (w) => {
        const c = char(w);
        return w.array(w.ptr(w.ptr(w.proto(0))), c, 3);
      },
    ],
    [
      'char (* (*x)(void))(void)',
      'char (* (*)(void))(void)',
      (w) => w.ptr(w.proto(w.ptr(w.proto(char(w))))),
    ],
    ['struct { char a; } *x', 'struct { char a; } *', (w) => w.ptr(w.struct('', [['a', char(w)]]))],
    ['union { char a; } x', 'union { char a; }', (w) => w.struct('', [['a', char(w)]], Kind.union)],
    ['enum { HOT, COLD } x', 'enum { HOT, COLD }', (w) => w.enum('', ['HOT', 'COLD'])],
  ])('is printed as %s', (declaration, type, write) => {
    expect(printed(write)).toEqual([declaration, type]);
  });

  test('prints the width of a bit field', () => {
    const [declaration] = printed((w) => {
      const int = w.int('int');
      return w.add(Kind.struct, {
        flag: true,
        count: 1,
        ref: 4,
        words: [w.string('a'), int, 3 << 24],
      });
    });
    expect(declaration).toBe('struct { int a: 3; } x');
  });

  test('does not print its tags, but gives them with the parameter and the result', () => {
    const w = btfWriter();
    const rcu = w.ptr(w.typeTag('rcu', w.const(w.struct('anvil'))));
    const arena = w.ptr(w.typeTag('address_space(1)', 0, true));
    w.kfunc('f', arena, [
      ['x', rcu],
      ['y', w.ptr(w.typeTag('user', rcu))],
    ]);
    expect(kfuncsOf(readBtf(w.build()))[0]).toMatchObject({
      prototype: 'void *f(const struct anvil *x, const struct anvil **y)',
      returnTags: ['address_space(1)'],
      params: [
        { tags: ['btf_type_tag("rcu")'] },
        { tags: ['btf_type_tag("user")', 'btf_type_tag("rcu")'] },
      ],
    });
  });
});

describe('what would be printed without end', () => {
  function refused(write: (w: Writer) => void): string {
    const w = btfWriter();
    write(w);
    const btf = readBtf(w.build());
    try {
      kfuncsOf(btf);
    } catch (error) {
      expect(error).toBeInstanceOf(BtfError);
      return (error as Error).message;
    }
    return 'nothing';
  }

  test('is refused when function types double at each level', () => {
    const message = refused((w) => {
      let type = w.int('int');
      for (let level = 0; level < 40; level++)
        type = w.ptr(
          w.proto(type, [
            ['', type],
            ['', type],
          ]),
        );
      w.kfunc('f', 0, [['x', type]]);
    });
    expect(message).toMatch(/longer than those of any kernel|more than 64/);
  });

  test('is refused when a function takes itself', () => {
    expect(
      refused((w) => {
        w.ptr(2);
        w.proto(0, [['', 1]]);
        w.kfunc('f', 0, [['x', 1]]);
      }),
    ).toMatch(/more than 64/);
  });

  test('is refused when unnamed structures hold each other', () => {
    expect(
      refused((w) => {
        w.struct('', [['', 2]]);
        w.struct('', [['', 1]]);
        w.kfunc('f', 0, [['x', 1]]);
      }),
    ).toMatch(/more than 64/);
  });

  test('is refused when arrays stand in arrays a hundred thousand times', () => {
    expect(
      refused((w) => {
        const int = w.int('int');
        let type = int;
        for (let level = 0; level < 100_000; level++) type = w.array(type, int, 1);
        w.kfunc('f', 0, [['x', type]]);
      }),
    ).toMatch(/more than 64/);
  });

  test('is refused when very many functions share a long prototype', () => {
    expect(
      refused((w) => {
        const int = w.int('int');
        const proto = w.proto(
          0,
          Array.from({ length: 1000 }, () => ['parameter', int] as const),
        );
        for (let i = 0; i < 2000; i++) w.declTag('bpf_kfunc', w.func(`f${i}`, proto));
      }),
    ).toMatch(/longer than those of any kernel/);
  });
});
