import { beforeAll, describe, expect, test } from 'vitest';
import { atlasOf, kernels, type Atlas } from './atlas.ts';
import { modernTree } from './base.ts';
import { definition, entry, idSet, INCLUDES, kfuncFile, registration, source } from './c.ts';

const HELPERS = 'kernel/bpf/helpers.c';
const good = { [HELPERS]: kfuncFile('good', ['XDP'], [{ name: 'bpf_good' }]) };

/** A file with one kfunc whose set is followed, or preceded, by something odd. */
function oddFile(
  name: string,
  before: string[],
  inSet: string[] = [],
  after: string[] = [],
): string {
  return source(
    ...INCLUDES,
    ...definition({ name }),
    ...before,
    ...idSet('odd_ids', [entry({ name }), ...inSet]),
    ...registration('odd', ['XDP']),
    ...after,
  );
}

describe('odd C', () => {
  const files = {
    'net/a/comment.c': oddFile('bpf_comment', [], [], ['/* this comment', 'has no end']),
    'net/b/conditional.c': oddFile('bpf_conditional', [], [], ['#ifdef CONFIG_NET', 'int more;']),
    'net/c/stray.c': oddFile('bpf_stray', ['#endif', '#else', '#elif X']),
    'net/d/without_end.c': source(
      ...INCLUDES,
      ...definition({ name: 'bpf_endless' }),
      'BTF_KFUNCS_START(endless_ids)',
      'BTF_ID_FLAGS(func, bpf_endless)',
      ...registration('endless', ['XDP']),
    ),
    'net/e/flag.c': oddFile('bpf_flag', [], []).replace('bpf_flag)\n', 'bpf_flag, KF_INVENTED)\n'),
    'net/g/recursive.c': oddFile(
      'bpf_recursive',
      ['#define AGAIN(x) AGAIN(x) AGAIN(x)', '#define PING PONG', '#define PONG PING'],
      ['AGAIN(1)', 'PING'],
    ),
    'net/h/string.c': oddFile('bpf_string', [
      'static const char *s = "no end;',
      "static char c = 'x;",
    ]),
    'net/i/brackets.c': oddFile('bpf_brackets', [], ['BTF_ID_FLAGS(func, bpf_half'], []),
    'net/j/entries.c': oddFile(
      'bpf_entries',
      [],
      [
        'BTF_ID_FLAGS()',
        'BTF_ID_FLAGS(func)',
        'BTF_ID_FLAGS(func, a b c, KF_RCU)',
        'BTF_ID_FLAGS(func, 123)',
        'BTF_ID_FLAGS(func, "../../../etc/passwd")',
        'BTF_ID_FLAGS',
      ],
    ),
    'net/k/empty.c': '',
    'net/o/types.c': oddFile('bpf_types', []).replace('BPF_PROG_TYPE_XDP', 'next_type(ret)'),
    'net/l/deep.c': oddFile('bpf_deep', [
      `int deep = ${'('.repeat(20_000)}0${')'.repeat(20_000)};`,
    ]),
  };
  const latin1 = Buffer.from(
    oddFile('bpf_latin1', ['/* Jos\xe9 wrote this \xff\xfe */', '#define NAME "\xc3\x28"']),
    'latin1',
  );
  const nul = Buffer.from(oddFile('bpf_nul', ['int \0 nul;', '\uFEFFint bom;']));

  let atlas: Atlas;
  beforeAll(async () => {
    const tree = modernTree('v6.12', { ...good, ...files });
    atlas = await atlasOf([
      { tag: 'v6.12', files: { ...tree, 'net/m/latin1.c': latin1, 'net/n/nul.c': nul } },
    ]);
  });

  /** The diagnostics of one file: `line code`. */
  function reported(path: string): string[] {
    const list = atlas.report.diagnostics.filter((d) => d.path === path);
    return list.filter((d) => d.code !== 'not-built').map((d) => `${d.line ?? 0} ${d.code}`);
  }
  function lineOf(path: keyof typeof files, words: string): number {
    return files[path].split('\n').findIndex((line) => line.includes(words)) + 1;
  }

  test('does not keep the rest from being read', () => {
    expect(atlas.names).toEqual(
      expect.arrayContaining([
        ...['bpf_good', 'bpf_comment', 'bpf_conditional', 'bpf_stray', 'bpf_endless', 'bpf_flag'],
        ...['bpf_recursive', 'bpf_string', 'bpf_entries', 'bpf_deep', 'bpf_latin1', 'bpf_nul'],
      ]),
    );
    expect(reported(HELPERS)).toEqual([]);
  });

  test('is reported with its path and line', () => {
    expect(reported('net/a/comment.c')).toEqual([
      `${lineOf('net/a/comment.c', 'this comment')} unterminated-comment`,
    ]);
    expect(reported('net/b/conditional.c')).toEqual([
      `${lineOf('net/b/conditional.c', '#ifdef CONFIG_NET')} unterminated-conditional`,
    ]);
    expect(reported('net/c/stray.c')).toHaveLength(3);
    expect(reported('net/d/without_end.c')).toEqual([
      `${lineOf('net/d/without_end.c', 'BTF_KFUNCS_START')} set-without-end`,
    ]);
    expect(reported('net/e/flag.c')).toEqual([
      `${lineOf('net/e/flag.c', 'KF_INVENTED')} unknown-flag`,
    ]);
    expect(reported('net/g/recursive.c').length).toBeGreaterThan(0);
    expect(reported('net/i/brackets.c').length).toBeGreaterThan(0);
    expect(reported('net/j/entries.c').length).toBeGreaterThanOrEqual(5);
    expect(reported('net/o/types.c')).toEqual([
      `${lineOf('net/o/types.c', 'next_type')} unknown-program-type`,
    ]);
    for (const { line, path, release } of atlas.report.diagnostics) {
      expect({ path, release }).toEqual({ path: expect.any(String) as string, release: 'v6.12' });
      expect(line === null || line > 0).toBe(true);
    }
  });

  test('an unknown flag is told as it is written', () => {
    expect(atlas.facts('bpf_flag', 'v6.12').flags).toEqual(['KF_INVENTED']);
  });

  test('a kfunc whose registration names no program type is told, for none', () => {
    expect(atlas.facts('bpf_types', 'v6.12').roles).toEqual(['kfunc']);
    expect(atlas.types('bpf_types', 'v6.12')).toEqual([]);
  });

  test('no name comes of what is no C identifier', () => {
    expect(atlas.names.filter((name) => !/^bpf_[a-z0-9]+$/.test(name))).toEqual([]);
  });
});

test('a file of 50 MB is passed over and reported, and the rest is read', async () => {
  const line = 'BTF_ID_FLAGS(func, bpf_huge) /* kfunc */\n';
  const huge = Buffer.alloc(50 * 1024 * 1024, line);
  const atlas = await atlasOf([
    { tag: 'v6.12', files: { ...modernTree('v6.12', good), 'net/huge.c': huge } },
  ]);
  expect(atlas.names).toEqual(['bpf_good']);
  expect(atlas.report.diagnostics).toMatchObject([{ code: 'too-large', path: 'net/huge.c' }]);
});

test('a tree without the files that carry facts is read for what there is', async () => {
  const facts = ['include/linux/btf.h', 'kernel/bpf/btf.c', 'kernel/bpf/verifier.c'];
  const absent = ['MAINTAINERS', 'Kbuild', ...facts];
  const all = Object.entries(modernTree('v6.12', good));
  const tree = Object.fromEntries(all.filter(([path]) => !absent.includes(path)));
  const atlas = await atlasOf([{ tag: 'v6.12', files: tree }]);
  expect(atlas.record('bpf_good').subsystem).toBeNull();
  expect(atlas.types('bpf_good', 'v6.12')).toEqual(['XDP']);
});

test('an old release is not read as if it had what came later', async () => {
  const atlas = await atlasOf(kernels({ 'v6.1': good, 'v6.2': {} }));
  expect(atlas.record('bpf_good').status).toBe('removed');
});
