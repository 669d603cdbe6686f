import { fileURLToPath } from 'node:url';
import type { SimpleGitOptions } from 'simple-git';

/**
 * How git is called on a repository that nobody vouches for: its `.git/config` may have been written
 * to run programs, and so may the caller's environment. Every call to git, by whichever way, takes
 * its environment and its first arguments from here. Revisions, besides, come after
 * `--end-of-options` or through stdin, never where an option could stand.
 */

/**
 * Settings that name a program, or that make one run, each turned off. `-c` is stronger than the
 * repository's own configuration. What cannot be overridden one by one, since its name is free
 * (`filter.<x>.smudge`, `diff.<x>.textconv`, `alias.<x>`, `protocol.<x>.allow`), is out of reach of
 * the commands used here: none checks out, none is an alias, diffs are told `--no-ext-diff
 * --no-textconv`, and GIT_ALLOW_PROTOCOL is stronger than any `protocol.<x>.allow`.
 */
const overrides: readonly string[] = [
  'protocol.allow=never',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.pager=cat',
  'core.editor=true',
  'core.askPass=true',
  'core.sshCommand=false',
  'core.gitProxy=false',
  'core.alternateRefsCommand=true',
  'core.attributesFile=/dev/null',
  'core.excludesFile=/dev/null',
  'credential.helper=',
  'diff.external=',
  'gpg.program=false',
  'gpg.openpgp.program=false',
  'gpg.ssh.program=false',
  'gpg.ssh.defaultKeyCommand=false',
  'gpg.x509.program=false',
  'interactive.diffFilter=cat',
  'log.showSignature=false',
  'sequence.editor=true',
  'uploadpack.packObjectsHook=true',
  'gc.auto=0',
  'maintenance.auto=false',
];

/** Arguments that stand between `git` and its command. */
export function hardenedArgs(): string[] {
  return ['--no-pager', ...overrides.flatMap((setting) => ['-c', setting])];
}

/**
 * The whole environment of a git child; nothing of the caller's is handed on but PATH, and of that
 * only absolute folders, since git runs inside the repository under study.
 *
 * HOME is a folder of ours with one setting, `safe.directory=*`: git refuses a repository of another
 * user's lest that user's configuration runs programs as the caller. Here nothing in it runs, and
 * the user has named the repository; so it is read, as a shared mirror often has to be.
 *
 * @param gitDir the repository, once it is known; without it git looks for one from its folder up
 */
export function hardenedEnv(gitDir?: string): Record<string, string> {
  const { PATH = '' } = process.env;
  const path = PATH.split(':').filter((folder) => folder.startsWith('/'));
  return {
    PATH: path.length > 0 ? path.join(':') : '/usr/local/bin:/usr/bin:/bin',
    HOME: fileURLToPath(new URL('home', import.meta.url)),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    /** No transport has this name, so none is allowed, whatever the configuration says. */
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    ...(gitDir === undefined ? {} : { GIT_DIR: gitDir }),
  };
}

/**
 * The same for simple-git, which refuses most of these settings unless told that they are meant: it
 * guards against callers that pass on strings of others, and what is passed here is fixed.
 */
export function hardenedOptions(): Partial<SimpleGitOptions> {
  return {
    config: [...overrides],
    allowEnvironment: Object.keys(hardenedEnv('/')).filter((name) => name.startsWith('GIT_')),
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeDiffExternal: true,
      allowUnsafeEditor: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeGitProxy: true,
      allowUnsafeGpgProgram: true,
      allowUnsafeHooksPath: true,
      allowUnsafePack: true,
      allowUnsafePager: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeSshCommand: true,
    },
    completion: { onClose: true, onExit: false },
  };
}
