import type { ReleaseEntry } from '../data/schema/index.ts';
import { UserError } from '../user-error.ts';

/**
 * Where source lines are looked up. `{tag}`, `{commit}`, `{path}` and `{line}` are filled in; `stable`
 * serves the tags of stable series (`v6.12.107`), which some browsers hold elsewhere.
 */
export interface SourceBrowser {
  name: string;
  mainline: string;
  stable: string;
  /** Whether only the kernel's own tags are there, not a user's branches. */
  onlyKernelTags: boolean;
}

const cgit = 'https://git.kernel.org/pub/scm/linux/kernel/git';
const known: SourceBrowser[] = [
  {
    name: 'cgit',
    mainline: `${cgit}/torvalds/linux.git/tree/{path}?h={tag}#n{line}`,
    stable: `${cgit}/stable/linux.git/tree/{path}?h={tag}#n{line}`,
    onlyKernelTags: true,
  },
  {
    name: 'elixir',
    mainline: 'https://elixir.bootlin.com/linux/{tag}/source/{path}#L{line}',
    stable: 'https://elixir.bootlin.com/linux/{tag}/source/{path}#L{line}',
    onlyKernelTags: true,
  },
];

export const defaultSourceBrowser = 'cgit';

/**
 * Reads `--source-browser`: `cgit`, `elixir`, or a template such as
 * `https://git.example.org/linux/tree/{path}?h={tag}#n{line}`. Throws a UserError for a template that
 * is no http(s) address, whose host has a place to fill in, or that never says which file.
 */
export function parseSourceBrowser(text: string): SourceBrowser {
  const byName = known.find((browser) => browser.name === text);
  if (byName !== undefined) return byName;
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+\//.test(text) || !URL.canParse(text)) {
    throw new UserError(
      `--source-browser takes cgit, elixir, or a template that begins with http:// or https:// and a host; got ${JSON.stringify(text)}.`,
    );
  }
  const unknown = /\{(?!(?:tag|commit|path|line)\})[^}]*\}?/.exec(text);
  if (unknown !== null) {
    throw new UserError(
      `--source-browser: ${unknown[0]} is not one of {tag}, {commit}, {path} and {line}.`,
    );
  }
  if (!text.includes('{path}') || !/\{(?:tag|commit)\}/.test(text)) {
    throw new UserError('--source-browser: the template needs {path}, and {tag} or {commit}.');
  }
  return { name: 'custom', mainline: text, stable: text, onlyKernelTags: false };
}

/**
 * The address of a line, or of a file when `line` is null, at a release; null where the browser cannot
 * have it (a branch of the user's own).
 */
export function sourceHref(
  browser: SourceBrowser,
  release: ReleaseEntry,
  file: string,
  line: number | null,
): string | null {
  const kernelTag = /^v\d+\.\d+(\.\d+)?(-rc\d+)?$/.exec(release.tag);
  if (browser.onlyKernelTags && kernelTag === null) return null;
  const isStable = kernelTag?.[1] !== undefined;
  const values: Record<string, string> = {
    tag: encodeURIComponent(release.tag),
    commit: encodeURIComponent(release.commit),
    path: file.split('/').map(encodeURIComponent).join('/'),
    line: String(line ?? 1),
  };
  const template = isStable ? browser.stable : browser.mainline;
  const whole = line === null ? template.replace(/#[^#]*$/, '') : template;
  return whole.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}
