import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffDocumentSchema } from '../../src/api/diff.ts';
import { SEVERITIES } from '../../src/diff/types.ts';
import { kernels } from '../kernels/atlas.ts';
import { kfuncFile, type Kfunc } from '../kernels/c.ts';
import { git, invent } from '../repositories.ts';

const entry = fileURLToPath(new URL('../../scripts/kfunc-atlas.mjs', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'kfunc-atlas-diff-'));
const linux = join(root, 'linux');

const lamps = (...kfuncs: Kfunc[]) => ({
  'kernel/bpf/helpers.c': kfuncFile('lamp', ['XDP'], kfuncs),
});
const get = { name: 'bpf_lamp_get', params: 'u32 nr', body: ['return nr;'] };
const dim = { name: 'bpf_lamp_dim', params: 'struct lamp *lamp, u32 level', body: ['return 1;'] };
const wait = { name: 'bpf_lamp_wait', params: 'u32 nr', body: ['return nr + 3;'] };
const off = { name: 'bpf_lamp_off', params: 'int shut', body: ['return shut * 7;'] };
const on = { name: 'bpf_torch_on', params: 'u64 brightness', flags: 'KF_RET_NULL' };

beforeAll(() => {
  invent(
    linux,
    kernels({
      'v6.1': lamps(get),
      'v6.2': lamps(get, dim, wait, off),
      tip: lamps(
        get,
        { ...dim, params: 'struct lamp *lamp, u32 level, u64 flags' },
        { ...wait, flags: 'KF_SLEEPABLE' },
        on,
      ),
    }),
  );
  git(linux, ['branch', 'lamps/dim', 'tip']);
  git(linux, ['tag', '-d', 'tip']);
  run('extract', '--linux', linux, '--out', 'data', '--releases', 'v6.*', '--facts-only');
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function run(command: string, ...args: string[]) {
  const all = [entry, command, '--cache', join(root, 'cache'), '--quiet', ...args];
  const options = { cwd: root, encoding: 'utf8', timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, all, options);
  return { status, stdout, stderr };
}

const ofBranch = (...args: string[]) => run('diff', '--linux', linux, ...args);
const ofDataset = (...args: string[]) => run('diff', '--data', 'data', ...args);

const TEXT = `\
BPF kfuncs from v6.2 to lamps/dim: 1 added, 1 removed, 2 changed.

Breaks programs that load on v6.2:

  bpf_lamp_off
    is gone

  bpf_lamp_dim
    takes one more argument, flags
        int bpf_lamp_dim(struct lamp *lamp,
                         u32 level,
      +                  u64 flags)

  bpf_lamp_wait
    may only be called by sleepable programs, where they may sleep
      (+KF_SLEEPABLE)

New, in BPF [CORE]:

    int bpf_torch_on(u64 brightness)
        KF_RET_NULL; from XDP; needs CONFIG_BPF_SYSCALL
`;

describe('kfunc-atlas diff', () => {
  test('tells what a branch adds, changes and breaks, the worst first', () => {
    expect(ofBranch('v6.2..lamps/dim')).toEqual({ status: 0, stdout: TEXT, stderr: '' });
  });

  test('takes commits, short ones too, and what git makes of HEAD', () => {
    const commit = git(linux, ['rev-parse', '--short=12', 'lamps/dim']);
    expect(ofBranch(`v6.2..${commit}`).stdout).toBe(TEXT.replace('lamps/dim', commit));
    expect(ofBranch('lamps/dim^..lamps/dim').stdout).toBe(TEXT.replaceAll('v6.2', 'lamps/dim^'));
  });

  test('tells it the other way round when asked the other way round', () => {
    const { stdout } = ofBranch('lamps/dim..v6.2');
    expect(stdout).toContain('1 added, 1 removed, 2 changed');
    expect(stdout).toContain('takes one fewer argument, flags');
    expect(stdout).toContain('bpf_torch_on\n    is gone');
    expect(stdout).toContain(
      'may be called by programs that are not sleepable, too (-KF_SLEEPABLE)',
    );
  });

  test('tells two releases of a dataset, by id or by number', () => {
    const { status, stdout } = ofDataset('6.1..v6.2');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^BPF kfuncs from v6\.1 to v6\.2: 3 added\.\n\nNew, in BPF \[CORE\]:\n/);
  });

  test('says so when nothing differs', () => {
    const same = 'BPF kfuncs from v6.2 to v6.2: no difference.\n';
    expect(ofDataset('v6.2..v6.2', '--exit-code')).toEqual({ status: 0, stdout: same, stderr: '' });
    expect(ofBranch('v6.2..v6.2', '--exit-code')).toEqual({ status: 0, stdout: same, stderr: '' });
  });

  test('gives addresses when it is told where the site is', () => {
    const { stdout } = ofDataset('v6.1..v6.2', '--site', 'https://lamps.example/atlas');
    expect(stdout).toMatch(/\n\nhttps:\/\/lamps\.example\/atlas\/diff\/v6\.1\.\.v6\.2\/\n$/);
    const { stdout: branch } = ofBranch('v6.2..lamps/dim', '--site', 'https://lamps.example');
    expect(branch).toContain('  bpf_lamp_dim [2]\n');
    expect(branch).toMatch(/\n\n\[1\] https:\/\/lamps\.example\/k\/bpf_lamp_off\/\n\[2\] /);
    expect(branch).not.toContain('/diff/');
    expect(ofBranch('v6.2..lamps/dim').stdout).not.toContain('http');
  });

  test('--only keeps names and globs', () => {
    const { stdout } = ofBranch('v6.2..lamps/dim', '--only', 'bpf_lamp_d*,bpf_torch_on');
    expect(stdout).toContain('1 added, 1 changed.');
    expect(
      ofBranch('--only', 'bpf_lamp_d*', '--only', ' bpf_torch_on ', 'v6.2..lamps/dim').stdout,
    ).toBe(stdout);
    expect(stdout).toContain('bpf_lamp_dim');
    expect(stdout).not.toContain('bpf_lamp_off');
    expect(ofBranch('v6.2..lamps/dim', '--only', 'bpf_lamp_get').stdout).toContain('no difference');
  });

  test('--format markdown escapes what would be mark-up and sets code as code', () => {
    const { stdout } = ofBranch('v6.2..lamps/dim', '--format', 'markdown');
    expect(stdout).toBe(`\
BPF kfuncs from v6.2 to lamps/dim: 1 added, 1 removed, 2 changed.

### Breaks programs that load on v6.2

- \`bpf_lamp_off\`
  - is gone
- \`bpf_lamp_dim\`
  - takes one more argument, flags

  \`\`\`diff
    int bpf_lamp_dim(struct lamp *lamp,
                     u32 level,
  +                  u64 flags)
  \`\`\`
- \`bpf_lamp_wait\`
  - may only be called by sleepable programs, where they may sleep (+\`KF_SLEEPABLE\`)

### New

- BPF \\[CORE\\]
  - \`int bpf_torch_on(u64 brightness)\`
    \`KF_RET_NULL\`; from XDP; needs \`CONFIG_BPF_SYSCALL\`
`);
  });

  test('--format json has keys and words that stay', () => {
    const { stdout } = ofBranch('v6.2..lamps/dim', '--format', 'json');
    const told = diffDocumentSchema.parse(JSON.parse(stdout));
    expect(Object.keys(told)).toEqual(['from', 'to', 'severity', 'counts', 'kfuncs', 'events']);
    expect(told.from).toEqual({
      id: 'v6.2',
      tag: 'v6.2',
      commit: git(linux, ['rev-parse', 'v6.2']),
    });
    expect(told.to.id).toBe('lamps/dim');
    expect(told.severity).toBe('breaks-load');
    expect(told.counts).toEqual({ added: 1, removed: 1, renamed: 0, changed: 2 });
    expect(
      told.kfuncs.map(({ name, fate, changes }) => [
        name,
        fate,
        changes.map(({ kind, meanings }) => `${kind} ${meanings.map(({ rule }) => rule).join()}`),
      ]),
    ).toEqual([
      ['bpf_lamp_off', 'removed', ['removed removed']],
      ['bpf_lamp_dim', 'changed', ['prototype parameter-added']],
      ['bpf_lamp_wait', 'changed', ['flags sleepable-demanded']],
      ['bpf_torch_on', 'added', ['added added']],
    ]);
    const severities = told.kfuncs.map(({ severity }) => SEVERITIES.indexOf(severity));
    expect(severities).toEqual(severities.toSorted());
    expect(told.kfuncs[1]!.changes[0]!.now).toEqual([
      'int bpf_lamp_dim(struct lamp *lamp, u32 level, u64 flags)',
    ]);
  });
});

describe('the exit code', () => {
  test('is 0 for any difference unless it is asked for', () => {
    expect(ofBranch('v6.2..lamps/dim').status).toBe(0);
    expect(ofBranch('v6.2..lamps/dim', '--exit-code').status).toBe(1);
    expect(ofBranch('v6.2..lamps/dim', '--exit-code', '--only', 'bpf_lamp_get').status).toBe(0);
  });
  test('can depend on how grave it is', () => {
    expect(ofBranch('v6.2..lamps/dim', '--fail-on', 'breaks-load').status).toBe(1);
    expect(ofBranch('v6.2..lamps/dim', '--fail-on', 'may-break').status).toBe(1);
    const onlyNew = ['v6.2..lamps/dim', '--only', 'bpf_torch_on'];
    expect(ofBranch(...onlyNew, '--fail-on', 'may-break').status).toBe(0);
  });
});

describe('what cannot be compared is said in one sentence, and ends with 2', () => {
  const complaint = ({ status, stdout, stderr }: ReturnType<typeof run>): string => {
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]+\n/);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+|node:internal|Error:/);
    return stderr;
  };
  test.each([
    ['v6.2...lamps/dim', /v6\.2\.\.lamps\/dim compares the two as they are/],
    ['v6.2', /is no range: write A\.\.B/],
    ['v6.2..', /lacks the newer side/],
    ['..v6.2', /lacks the older side/],
    ['v6.2..no-such', /has no tag, branch or commit "no-such"/],
    ['v6.2..--upload-pack=touch x', /has no tag, branch or commit "--upload-pack=touch x"/],
    ['--output=x..v6.2', /unknown option/],
    ['v6.2..v6.2^{tree}', /names something else than a commit|no tag, branch or commit/],
    ['v6.2..a\u001b[2Jb', /a\?\[2Jb/],
  ])('the range %j', (range, message) => {
    expect(complaint(ofBranch(range))).toMatch(message);
  });
  test('an option as a revision is none, behind -- either', () => {
    expect(complaint(ofBranch('--', '--all..v6.2'))).toMatch(/no tag, branch or commit "--all"/);
  });
  test('a release that the dataset has not, with what it has', () => {
    expect(complaint(ofDataset('v6.1..lamps/dim'))).toBe(
      'error: The dataset has no release lamps/dim; it has v6.1, v6.2. With --linux DIR, any two revisions of a checkout can be compared.\n',
    );
  });
  test('no dataset, no repository, no Linux', () => {
    expect(complaint(run('diff', 'v6.1..v6.2'))).toMatch(/There is no dataset in /);
    expect(complaint(run('diff', 'a..b', '--linux', 'nowhere'))).toMatch(/nowhere does not exist/);
    invent(join(root, 'other'), [{ tag: 'v6.1', files: { README: 'hello\n' } }]);
    expect(complaint(run('diff', 'v6.1..v6.1', '--linux', 'other'))).toMatch(/is no Linux/);
  });
  test('a name that no kfunc has, a form, a severity or a site that is none', () => {
    expect(complaint(ofBranch('v6.1..v6.2', '--only', 'bpf_no*'))).toMatch(
      /--only "bpf_no\*": no kfunc has such a name/,
    );
    expect(complaint(ofBranch('v6.1..v6.2', '--only', ', '))).toMatch(/--only names no kfunc/);
    expect(complaint(ofBranch('v6.1..v6.2', '--format', 'html'))).toMatch(/Allowed choices are/);
    expect(complaint(ofBranch('v6.1..v6.2', '--fail-on', 'compatible'))).toMatch(/Allowed choices/);
    expect(complaint(ofBranch('v6.1..v6.2', '--site', 'javascript:x'))).toMatch(/is no address/);
  });
});

describe('the text', () => {
  const text = () => ofBranch('v6.2..lamps/dim', '--site', 'https://lamps.example').stdout;

  test('has 75 columns at most and no blank at the end of a line', () => {
    for (const line of text().split('\n')) {
      expect(line).toBe(line.trimEnd());
      if (!line.includes('://')) expect(line.length).toBeLessThanOrEqual(75);
    }
  });

  /** A patch of the branch, the text below its `---`. */
  function patch(): string {
    const mail = git(linux, ['format-patch', '--stdout', '-1', 'lamps/dim']);
    expect(mail).toContain('\n---\n');
    return `${mail.replace('\n---\n', () => `\n---\n${text()}\n`)}\n`;
  }

  test('stands below the --- of a patch, which git am applies as if it were not there', () => {
    writeFileSync(join(root, 'lamps.patch'), patch());
    git(linux, ['checkout', '-q', '-b', 'applied', 'v6.2']);
    const named = ['-c', 'user.name=A Person', '-c', 'user.email=a@example.org'];
    git(linux, [...named, 'am', '-q', join(root, 'lamps.patch')]);
    expect(git(linux, ['diff', '--stat', 'applied', 'lamps/dim'])).toBe('');
    expect(git(linux, ['log', '-1', '--format=%B', 'applied'])).toBe(
      git(linux, ['log', '-1', '--format=%B', 'lamps/dim']),
    );
  });

  test('goes through git send-email unchanged', ({ skip }) => {
    const path = join(root, 'sent.patch');
    writeFileSync(path, patch());
    const has = spawnSync('git', ['send-email', '-h'], { encoding: 'utf8' });
    const passOver = (why: string) => {
      console.log(`${why}: skipped`);
      skip(why);
    };
    if (has.stderr.includes('is not a git command')) passOver('git send-email is not installed');
    const out = join(root, 'outbox');
    const args = ['--to=b@example.org', '--from=a@example.org', '--confirm=never', '--quiet'];
    const sendmail = join(root, 'sendmail');
    writeFileSync(sendmail, `#!/bin/sh\ncat > '${out}'\n`, { mode: 0o755 });
    const env = {
      ...process.env,
      HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A Person',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'A Person',
      GIT_COMMITTER_EMAIL: 'a@example.org',
    };
    const sent = spawnSync('git', ['send-email', ...args, `--sendmail-cmd=${sendmail}`, path], {
      cwd: linux,
      encoding: 'utf8',
      env,
    });
    // Debian's needs a module that its package only recommends (libmailtools-perl).
    const lacks = /The '([\w:]+)' module is not here/.exec(sent.stderr)?.[1];
    if (lacks !== undefined) passOver(`git send-email lacks ${lacks}, a module of Perl`);
    expect({ status: sent.status, stderr: sent.stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(out, 'utf8')).toContain(text());
  });
});
