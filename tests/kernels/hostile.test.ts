import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import { git, invent } from '../repositories.ts';
import { atlasOf, kernels, run, workshop } from './atlas.ts';
import { modernTree } from './base.ts';
import { definition, entry, idSet, INCLUDES, kfuncFile, registration, source } from './c.ts';

const root = workshop();
const HELPERS = 'kernel/bpf/helpers.c';
const good = { [HELPERS]: kfuncFile('good', ['XDP'], [{ name: 'bpf_good' }]) };

describe('a repository whose configuration runs programs', () => {
  const entryPoint = fileURLToPath(new URL('../../scripts/kfunc-atlas.mjs', import.meta.url));
  const linux = join(root, 'hostile');
  const marker = join(root, 'marker');
  const trap = join(root, 'trap');
  writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >>${marker}\nexit 1\n`, { mode: 0o755 });
  invent(linux, kernels({ 'v6.1': { ...good, '.gitattributes': '* filter=evil diff=evil\n' } }));
  mkdirSync(join(root, 'hooks'));
  for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
    writeFileSync(join(root, 'hooks', hook), `#!/bin/sh\nexec ${trap} ${hook}\n`, { mode: 0o755 });
  }
  for (const [key, value] of [
    ['core.fsmonitor', trap],
    ['core.hooksPath', join(root, 'hooks')],
    ['core.pager', trap],
    ['core.sshCommand', trap],
    ['core.askPass', trap],
    ['core.alternateRefsCommand', trap],
    ['alias.cat-file', `!${trap} alias`],
    ['alias.ls-tree', `!${trap} alias`],
    ['alias.for-each-ref', `!${trap} alias`],
    ['pager.for-each-ref', trap],
    ['pager.ls-tree', trap],
    ['diff.external', trap],
    ['diff.evil.textconv', trap],
    ['diff.evil.command', trap],
    ['filter.evil.smudge', trap],
    ['filter.evil.process', trap],
    ['filter.evil.required', 'true'],
    ['credential.helper', `!${trap} credential`],
    ['gpg.program', trap],
    ['log.showSignature', 'true'],
    ['tag.gpgSign', 'true'],
    ['protocol.allow', 'always'],
    ['remote.origin.url', `ext::${trap} remote`],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.uploadpack', trap],
    ['extensions.partialClone', 'origin'],
  ]) {
    git(linux, ['config', key!, value!]);
  }

  test('is read, and none of them is run', () => {
    const out = join(root, 'hostile-data');
    const args = [
      'extract',
      '--linux',
      linux,
      '--out',
      out,
      '--cache',
      join(root, 'hostile-cache'),
    ];
    const environment = {
      ...process.env,
      GIT_SSH_COMMAND: trap,
      GIT_PAGER: trap,
      GIT_EXTERNAL_DIFF: trap,
    };
    const { status, stderr } = spawnSync(process.execPath, [entryPoint, ...args, '--quiet'], {
      encoding: 'utf8',
      env: environment,
      cwd: linux,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(out, 'kfuncs'))).toEqual(['bpf_good.json']);
    expect(existsSync(marker)).toBe(false);
  });

  test('runs them for a git that is not held back: the traps work', () => {
    spawnSync('git', ['-C', linux, 'status'], { env: process.env });
    expect(readFileSync(marker, 'utf8')).toContain('trap');
  });
});

describe('odd names', () => {
  test('of tags are no releases, and do no harm', async () => {
    const dir = join(root, 'odd-tags');
    mkdirSync(dir);
    const { commits } = invent(join(dir, 'linux'), kernels({ 'v6.1': good }));
    for (const tag of [
      ...[
        'v6.2;touch${IFS}x',
        '--help',
        'v6.3/../../x',
        'v9.9.9.9',
        'V6.4',
        'v6.1\u202e.rc',
        'v06.05',
      ],
      ...['v6.99999999999999999999', 'v-1.0', 'v6.1-rc1-fake', '$(touch x)', 'v6.٥'],
    ]) {
      // Some of these git itself refuses to make.
      const ref = `refs/tags/${tag}`;
      if (spawnSync('git', ['check-ref-format', ref]).status !== 0) continue;
      git(join(dir, 'linux'), ['update-ref', ref, commits['v6.1']!]);
    }
    const { releases } = await run(dir);
    expect(releases.map(({ id }) => id)).toEqual(['v6.1']);
    expect(readdirSync(dir).sort()).toEqual(['cache', 'data', 'linux']);
  });

  test('of files are told as they are, but for what no terminal should see', async () => {
    const odd = ['net/a b/x$(id).c', 'net/"quoted".c', 'net/-rf.c', 'net/ünï.c', 'net/<b>.c'];
    const unfit = ['net/new\nline.c', 'net/escape\u001b[2J.c'];
    const files = Object.fromEntries(
      [...odd, ...unfit].map((path, i) => [
        path,
        kfuncFile(`odd${i}`, ['XDP'], [{ name: `bpf_odd${i}` }]),
      ]),
    );
    const atlas = await atlasOf(kernels({ 'v6.1': { ...good, ...files } }));
    expect(atlas.names).toHaveLength(1 + odd.length);
    expect(odd.map((_, i) => atlas.facts(`bpf_odd${i}`, 'v6.1').definitions[0]?.file)).toEqual(odd);
    expect(atlas.report.diagnostics.filter((d) => d.code === 'odd-path')).toHaveLength(
      unfit.length,
    );
    for (const line of atlas.diagnostics) expect(line).not.toMatch(/\p{Cc}/u);
  });

  test('of files that are symbolic links lead nowhere', async () => {
    const tree = modernTree('v6.1', good);
    const links = { 'net/link.c': { symlink: '/etc/passwd' }, 'net/loop': { symlink: '.' } };
    const atlas = await atlasOf([{ tag: 'v6.1', files: { ...tree, ...links } }]);
    expect(atlas.names).toEqual(['bpf_good']);
  });

  test('of kfuncs that JavaScript has a meaning for are names like others', async () => {
    const names = [
      'constructor',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '__defineGetter__',
      'then',
    ];
    const text = kfuncFile(
      'odd',
      ['XDP'],
      names.map((name) => ({ name, flags: 'KF_RCU' })),
    );
    const atlas = await atlasOf(kernels({ 'v6.1': { ...good, 'net/odd.c': text }, 'v6.2': good }));
    expect(atlas.names).toEqual([...names, 'bpf_good'].sort());
    for (const name of names) {
      expect(atlas.facts(name, 'v6.1').prototype?.bpf).toBe(`int ${name}(int a)`);
      expect(atlas.kinds(name)).toEqual(['v6.1 added', 'v6.2 removed']);
      expect(Object.hasOwn(atlas.release('v6.1').definitions, name)).toBe(true);
    }
  });

  test('of kfuncs that can be no file are left out and reported', async () => {
    const long = `bpf_${'x'.repeat(200)}`;
    const text = source(
      ...INCLUDES,
      ...['bpf_fine', '__proto__', long].flatMap((name) => definition({ name })),
      'static int __proto__filter(const struct bpf_prog *prog, u32 kfunc_id)',
      '{',
      '\treturn 0;',
      '}',
      ...idSet('odd_ids', [
        ...['bpf_fine', '__proto__', long].map((name) => entry({ name })),
        'BTF_ID_FLAGS(func, ../../escape)',
        'BTF_ID_FLAGS(func, bpf_fine/../../escape)',
        '#define NAMED(x) BTF_ID_FLAGS(func, x)',
        'NAMED(../../../escape)',
        'NAMED("../../../escape")',
        '#define PASTED(x) BTF_ID_FLAGS(func, bpf_##x)',
        'PASTED(../escape)',
        'PASTED(pasted)',
        'PASTED(with-dash)',
      ]),
      ...registration('odd', ['XDP'], ['.filter = __proto__']),
      ...definition({ name: 'bpf_pasted' }),
    );
    const dir = join(root, 'odd-names');
    mkdirSync(dir);
    invent(join(dir, 'linux'), kernels({ 'v6.1': { 'net/odd.c': text } }));
    const { diagnostics } = await run(dir);
    expect(readdirSync(join(dir, 'data/kfuncs')).sort()).toEqual([
      'bpf_fine.json',
      'bpf_pasted.json',
    ]);
    expect(diagnostics.filter((d) => d.code === 'odd-entry').length).toBeGreaterThanOrEqual(7);
    expect(readdirSync(dir).sort()).toEqual(['cache', 'data', 'linux']);
    expect((await readDataset(join(dir, 'data'))).kfuncs).toHaveLength(2);
    expect(Object.prototype).not.toHaveProperty('file');
  });

  test('of sets, variables and files that JavaScript has a meaning for', async () => {
    const file = (set: string, name: string): string =>
      kfuncFile(set, ['XDP'], [{ name }]).replaceAll('THIS_MODULE', 'constructor');
    const atlas = await atlasOf(
      kernels({
        'v6.1': {
          'net/constructor': 'x\n',
          'net/__proto__.c': file('__proto__', 'bpf_a'),
          'net/__proto__/toString.c': file('constructor', 'bpf_b'),
          'net/alias.c': file('alias', 'bpf_c').replace(
            'static const struct btf_kfunc_id_set',
            '#define __proto__ constructor\n#define constructor __proto__\nstatic const struct btf_kfunc_id_set',
          ),
          'include/linux/btf.h': source(
            '#define KF_A (1 << 0) /* __proto__ */',
            '#define __proto__ KF_A',
          ),
        },
      }),
    );
    expect(atlas.names).toEqual(['bpf_a', 'bpf_b', 'bpf_c']);
  });
});

test('a control character of the source never reaches the terminal', async () => {
  const text = source(
    ...INCLUDES,
    ...definition({
      name: 'bpf_a',
      comment: ['/* \u001b[2J deprecated, use \u001b]0;x\u0007 instead */'],
    }),
    ...idSet('odd_ids', [
      entry({ name: 'bpf_a' }),
      'UNKNOWN_\u001b_MACRO(x)',
      'BTF_ID_FLAGS(func, "\u001b[2J", \u009b)',
    ]),
    ...registration('odd', ['XDP']),
  );
  const atlas = await atlasOf(kernels({ 'v6.1': { [HELPERS]: text } }));
  expect(atlas.names).toEqual(['bpf_a']);
  expect(atlas.diagnostics.length).toBeGreaterThan(0);
  for (const line of atlas.diagnostics) expect(line).not.toMatch(/\p{Cc}/u);
});
