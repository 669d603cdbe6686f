import { describe, expect, test } from 'vitest';
import type { CompiledKfunc } from '../btf/compiled-kfunc.ts';
import type { Config, State } from '../data/schema/index.ts';
import { datasetOf, entry, kfunc, state } from '../data/test-dataset.ts';
import { parseConfig } from '../kfunc/config/dot-config.ts';
import { verificationText } from './report.ts';
import { unexplained, verify, type CompiledFile } from './verify.ts';

const NEWEST = entry('v7.3=v7.3.4');

/** One kfunc a key, true from v7.2 on. */
function datasetWith(states: Record<string, Partial<State>>) {
  const kfuncs = Object.entries(states).map(([name, more]) =>
    kfunc({ states: [state('v7.2', null, more)] }, { name }),
  );
  return datasetOf([entry('v7.2'), NEWEST], kfuncs);
}

/** As the compiler has the kfunc of state(). */
function built(name: string, more: Partial<CompiledKfunc> = {}): CompiledKfunc {
  return {
    name,
    prototype: `struct lamp *${name}(u32 nr)`,
    returns: 'struct lamp *',
    returnTags: [],
    params: [{ name: 'nr', type: 'u32', tags: [] }],
    tags: [],
    ...more,
  };
}

function kernel(...kfuncs: CompiledKfunc[]): CompiledFile {
  return { path: 'vmlinux', isModule: false, kfuncs };
}

function module(...kfuncs: CompiledKfunc[]): CompiledFile {
  return { path: 'lamp.ko', isModule: true, kfuncs };
}

/** What one Makefile asks for. */
function builtWhen(expr: string, file = 'kernel/Makefile'): { config: Config } {
  return { config: { expr, parts: [{ origin: 'makefile', expr, file }] } };
}

const config = (...lines: string[]) => parseConfig(lines.join('\n'));

describe('without a configuration', () => {
  test('agrees with a kernel that has what the records have', () => {
    const result = verify(
      datasetWith({ a: {}, b: {} }),
      NEWEST,
      [kernel(built('a'), built('b'))],
      null,
    );
    expect(result).toMatchObject({ found: 2, agreeing: 2, absent: [], isConfigured: false });
    expect(unexplained(result)).toBe(0);
  });

  test('reports a kfunc without a record, and one whose record has ended', () => {
    const dataset = datasetOf(
      [entry('v7.2'), NEWEST],
      [kfunc({ states: [state('v7.2', 'v7.2')] }, { name: 'gone' })],
    );
    const result = verify(dataset, NEWEST, [kernel(built('gone'), built('new'))], null);
    expect(result.unknown.map(({ name }) => name)).toEqual(['gone', 'new']);
    expect(unexplained(result)).toBe(2);
  });

  test('says what must have been off, without what is on for others', () => {
    const dataset = datasetWith({
      a: builtWhen('CONFIG_NET'),
      b: {
        config: {
          expr: 'CONFIG_LAMP && CONFIG_NET',
          parts: [
            { origin: 'entry', expr: 'CONFIG_LAMP', file: 'net/lamp.c' },
            { origin: 'makefile', expr: 'CONFIG_NET', file: 'Kbuild' },
          ],
        },
      },
    });
    const result = verify(dataset, NEWEST, [kernel(built('a'))], null);
    expect(result.absent).toEqual([
      { name: 'b', reason: 'may-be-off', needs: [{ expr: 'CONFIG_LAMP', file: 'net/lamp.c' }] },
    ]);
    expect(unexplained(result)).toBe(0);
  });

  test('does not explain the absence of a kfunc that needs nothing, or only what is on', () => {
    const needing = builtWhen('CONFIG_NET');
    const dataset = datasetWith({ a: needing, b: needing, c: {} });
    const result = verify(dataset, NEWEST, [kernel(built('a'))], null);
    expect(result.misplaced.map(({ name, found }) => [name, found])).toEqual([
      ['b', 'absent'],
      ['c', 'absent'],
    ]);
  });

  test('knows what BTF need not have: destructors, attach points, modules of the selftests', () => {
    const dataset = datasetWith({
      a_dtor: { roles: ['destructor'] },
      attached: { roles: ['attach-point'] },
      tested: {
        roles: ['kfunc', 'test'],
        definitions: [{ file: 'tools/testing/t.c', guard: null }],
      },
    });
    const result = verify(dataset, NEWEST, [kernel()], null);
    expect(result.absent.map(({ name, reason }) => [name, reason])).toEqual([
      ['a_dtor', 'no-kfunc'],
      ['attached', 'no-kfunc'],
      ['tested', 'selftests'],
    ]);
  });

  test('names the architecture that a kfunc is of', () => {
    const dataset = datasetWith({ a: { arch: ['s390'] } });
    expect(verify(dataset, NEWEST, [kernel()], null).absent).toEqual([
      { name: 'a', reason: 'may-be-off', needs: [{ expr: 'CONFIG_S390', file: null }] },
    ]);
  });

  test('expects nothing of the kernel where only a module was given', () => {
    const result = verify(datasetWith({ a: {}, b: {} }), NEWEST, [module(built('a'))], null);
    expect(result.absent).toEqual([{ name: 'b', reason: 'elsewhere', needs: [] }]);
  });
});

describe('with a configuration', () => {
  const dataset = datasetWith({
    a: builtWhen('CONFIG_LAMP'),
    b: builtWhen('CONFIG_LAMP && !CONFIG_DARK'),
  });

  test('predicts what is built in', () => {
    const files = [kernel(built('a'), built('b'))];
    const result = verify(dataset, NEWEST, files, config('CONFIG_LAMP=y'));
    expect([result.agreeing, result.absent, unexplained(result)]).toEqual([2, [], 0]);
  });

  test('says what is off, and in which file that is asked for', () => {
    const result = verify(dataset, NEWEST, [kernel()], config('# CONFIG_LAMP is not set'));
    expect(result.absent[0]).toEqual({
      name: 'a',
      reason: 'off',
      needs: [{ expr: 'CONFIG_LAMP', file: 'kernel/Makefile' }],
    });
    expect(unexplained(result)).toBe(0);
  });

  test('reports what is there and should not be, and what is not and should', () => {
    const settings = config('CONFIG_LAMP=y', 'CONFIG_DARK=y');
    const result = verify(dataset, NEWEST, [kernel(built('b'))], settings);
    expect(result.misplaced.map((m) => [m.name, m.predicted, m.found])).toEqual([
      ['a', 'built-in', 'absent'],
      ['b', 'absent', 'built-in'],
    ]);
    expect(unexplained(result)).toBe(2);
  });

  test('tells a module from what is built in, both ways', () => {
    const files = [kernel(built('a')), module(built('b'))];
    const asModule = verify(dataset, NEWEST, files, config('CONFIG_LAMP=m'));
    expect(asModule.misplaced).toMatchObject([
      { name: 'a', predicted: 'module', found: 'built-in' },
    ]);
    const builtIn = verify(dataset, NEWEST, files, config('CONFIG_LAMP=y'));
    expect(builtIn.misplaced).toMatchObject([
      { name: 'b', predicted: 'built-in', found: 'module' },
    ]);
  });

  test('takes an object of a composite for a part of the module that its condition names', () => {
    const expr = '(CONFIG_BTF && CONFIG_LAMP=y) || (CONFIG_BTF_MODULES && CONFIG_LAMP=m)';
    const composite = datasetWith({ a: builtWhen(expr) });
    const settings = ['CONFIG_BTF=y', 'CONFIG_BTF_MODULES=y'];
    for (const [value, file] of [
      ['y', kernel(built('a'))],
      ['m', module(built('a'))],
    ] as const) {
      const result = verify(composite, NEWEST, [file], config(...settings, `CONFIG_LAMP=${value}`));
      expect(unexplained(result)).toBe(0);
    }
  });

  test('does not take a test in C of a module for one: the file is built in', () => {
    const parts = [{ origin: 'entry' as const, expr: 'CONFIG_LAMP', file: 'kernel/lamp.c' }];
    const inC = datasetWith({ a: { config: { expr: 'CONFIG_LAMP', parts } } });
    const result = verify(inC, NEWEST, [kernel(built('a'))], config('CONFIG_LAMP=m'));
    expect(unexplained(result)).toBe(0);
  });

  test('expects all of a set in a module that has some of it', () => {
    const settings = config('CONFIG_LAMP=m');
    expect(verify(dataset, NEWEST, [module(built('a'))], settings).misplaced).toMatchObject([
      { name: 'b', predicted: 'module', found: 'absent' },
    ]);
    const other = verify(dataset, NEWEST, [module()], settings);
    expect(other.absent.map(({ reason }) => reason)).toEqual(['elsewhere', 'elsewhere']);
  });

  test('knows the architecture from the configuration', () => {
    const ofArch = datasetWith({ a: { arch: ['powerpc'] } });
    expect(verify(ofArch, NEWEST, [kernel()], config('CONFIG_X86=y')).absent).toEqual([
      { name: 'a', reason: 'off', needs: [{ expr: 'CONFIG_PPC', file: null }] },
    ]);
    expect(unexplained(verify(ofArch, NEWEST, [kernel()], config('CONFIG_PPC=y')))).toBe(1);
  });
});

describe('prototypes and tags', () => {
  const differences = (ours: Partial<State>, theirs: Partial<CompiledKfunc>) =>
    verify(datasetWith({ a: ours }), NEWEST, [kernel(built('a', theirs))], null).different.flatMap(
      (d) => d.differences.map(({ what }) => what),
    );

  test.each<[string, Partial<CompiledKfunc>, string[]]>([
    ['another return type', { returns: 'void' }, ['what it returns']],
    ['another type', { params: [{ name: 'nr', type: 'u64', tags: [] }] }, ['parameter 1']],
    ['another name', { params: [{ name: 'n', type: 'u32', tags: [] }] }, ['parameter 1']],
    ['fewer parameters', { params: [] }, ['parameters']],
    ['bpf_fastcall without KF_FASTCALL', { tags: ['bpf_fastcall'] }, ['KF_FASTCALL']],
    ['an arena pointer without a flag', { returnTags: ['address_space(1)'] }, ['what it returns']],
  ])('reports %s', (_, theirs, expected) => {
    expect(differences({}, theirs)).toEqual(expected);
  });

  test('leaves out what the verifier supplies', () => {
    const { prototype } = state('v7.2', null);
    const aux = { name: 'aux', type: 'struct bpf_prog_aux *', suffix: null, implicit: true };
    const implicit = { prototype: { ...prototype!, params: [...prototype!.params, aux] } };
    expect(differences(implicit, {})).toEqual([]);
  });

  test('accepts an arena pointer where a flag or a suffix asks for one, and its absence', () => {
    const inArena = { returnTags: ['address_space(1)'] };
    expect(differences({ flags: ['KF_ARENA_RET'] }, inArena)).toEqual([]);
    expect(differences({ flags: ['KF_ARENA_RET'] }, {})).toEqual([]);
  });

  test('misses bpf_fastcall only in a kernel whose builder writes it', () => {
    const fast = { flags: ['KF_FASTCALL'] };
    expect(differences(fast, {})).toEqual([]);
    const dataset = datasetWith({ a: fast, b: fast });
    const files = [kernel(built('a', { tags: ['bpf_fastcall'] }), built('b'))];
    expect(verify(dataset, NEWEST, files, null).different.map(({ name }) => name)).toEqual(['b']);
  });

  test('reports a record that has no prototype', () => {
    expect(differences({ prototype: null }, {})).toEqual(['prototype']);
  });
});

describe('a kernel whose BTF marks no kfuncs', () => {
  const functions = ['a', 'b', 'helper'];
  const older: CompiledFile = {
    path: 'vmlinux',
    isModule: false,
    kfuncs: [],
    unmarked: (names) => functions.filter((name) => names.has(name)).map((name) => built(name)),
  };

  test('is asked for the functions that the records name, and says so', () => {
    const result = verify(datasetWith({ a: {}, b: {} }), NEWEST, [older], null);
    expect(result).toMatchObject({ isMarked: false, found: 2, agreeing: 2, unknown: [] });
    expect(verificationText(result)).toMatch(
      /\n {2}2 functions in vmlinux\n.*does not mark kfuncs/,
    );
  });

  test('must have those that the configuration asks for, and may have others as plain functions', () => {
    const dataset = datasetWith({
      a: builtWhen('CONFIG_LAMP'),
      b: builtWhen('!CONFIG_LAMP'),
      c: builtWhen('CONFIG_LAMP'),
    });
    const result = verify(dataset, NEWEST, [older], config('CONFIG_LAMP=y'));
    expect(result.misplaced).toMatchObject([{ name: 'c', predicted: 'built-in', found: 'absent' }]);
    expect(result.agreeing).toBe(2);
  });

  test('differs where a prototype does', () => {
    const other = { ...older, unmarked: () => [built('a', { returns: 'int' })] };
    const result = verify(datasetWith({ a: {} }), NEWEST, [other], null);
    expect(result.different.map(({ name }) => name)).toEqual(['a']);
  });

  test('does not make functions of another file, which marks its own, into kfuncs', () => {
    const result = verify(datasetWith({ a: {}, b: {} }), NEWEST, [older, kernel(built('a'))], null);
    expect(result).toMatchObject({ isMarked: true, found: 1 });
    expect(result.misplaced.map(({ name }) => name)).toEqual(['b']);
  });
});
