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
  /** Where a name is looked up whose file is not known; null for nowhere. */
  identifiers: IdentifierBrowser | null;
}

/** `{name}`, `{tag}` and `{commit}` are filled in. */
export interface IdentifierBrowser {
  template: string;
  onlyKernelTags: boolean;
}

/** Elixir has an index of names; cgit has none, so that it is the answer for both. */
const elixirIdentifiers: IdentifierBrowser = {
  template: 'https://elixir.bootlin.com/linux/{tag}/A/ident/{name}',
  onlyKernelTags: true,
};

const cgit = 'https://git.kernel.org/pub/scm/linux/kernel/git';
const known: SourceBrowser[] = [
  {
    name: 'cgit',
    mainline: `${cgit}/torvalds/linux.git/tree/{path}?h={tag}#n{line}`,
    stable: `${cgit}/stable/linux.git/tree/{path}?h={tag}#n{line}`,
    onlyKernelTags: true,
    identifiers: elixirIdentifiers,
  },
  {
    name: 'elixir',
    mainline: 'https://elixir.bootlin.com/linux/{tag}/source/{path}#L{line}',
    stable: 'https://elixir.bootlin.com/linux/{tag}/source/{path}#L{line}',
    onlyKernelTags: true,
    identifiers: elixirIdentifiers,
  },
];

export const defaultSourceBrowser = 'cgit';

/**
 * Reads `--source-browser`: `cgit`, `elixir`, or a template such as
 * `https://git.example.org/linux/tree/{path}?h={tag}#n{line}`; and `--identifiers`: `elixir`, `none`, or a
 * template such as `https://lxr.example.org/{tag}/ident/{name}`. Left out, names are looked up at Elixir
 * beside cgit and elixir, and nowhere beside a template. Throws a UserError for a template that is no
 * http(s) address, whose host has a place to fill in, or that never says which file or name.
 */
export function parseSourceBrowser(text: string, identifiers?: string): SourceBrowser {
  const browser = known.find(({ name }) => name === text) ?? customBrowser(text);
  return identifiers === undefined
    ? browser
    : { ...browser, identifiers: parseIdentifiers(identifiers) };
}

function customBrowser(text: string): SourceBrowser {
  checkTemplate('--source-browser', 'cgit, elixir', text, ['tag', 'commit', 'path', 'line']);
  if (!text.includes('{path}') || !/\{(?:tag|commit)\}/.test(text)) {
    throw new UserError('--source-browser: the template needs {path}, and {tag} or {commit}.');
  }
  return {
    name: 'custom',
    mainline: text,
    stable: text,
    onlyKernelTags: false,
    identifiers: null,
  };
}

function parseIdentifiers(text: string): IdentifierBrowser | null {
  if (text === 'none') return null;
  if (text === 'elixir') return elixirIdentifiers;
  checkTemplate('--identifiers', 'elixir, none', text, ['tag', 'commit', 'name']);
  if (!text.includes('{name}')) {
    throw new UserError('--identifiers: the template needs {name}.');
  }
  return { template: text, onlyKernelTags: false };
}

/** Throws a UserError unless `text` is an http(s) address with a host of its own and known places alone. */
function checkTemplate(option: string, words: string, text: string, places: string[]): void {
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+\//.test(text) || !URL.canParse(text)) {
    throw new UserError(
      `${option} takes ${words}, or a template that begins with http:// or https:// and a host; got ${JSON.stringify(text)}.`,
    );
  }
  const unknown = text.match(/\{[^}]*\}?/g)?.find((place) => !places.includes(place.slice(1, -1)));
  if (unknown !== undefined) {
    const list = places.map((place) => `{${place}}`);
    throw new UserError(
      `${option}: ${unknown} is not one of ${list.slice(0, -1).join(', ')} and ${list.at(-1)!}.`,
    );
  }
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
  const kernelTag = kernelTagOf(release);
  if (browser.onlyKernelTags && kernelTag === null) return null;
  const isStable = kernelTag?.[1] !== undefined;
  const template = isStable ? browser.stable : browser.mainline;
  const whole = line === null ? template.replace(/#[^#]*$/, '') : template;
  return fill(whole, release, {
    path: file.split('/').map(encodeURIComponent).join('/'),
    line: String(line ?? 1),
  });
}

/** The address at which a name of C is looked up at a release; null where nothing can have it. */
export function identifierHref(
  { identifiers }: SourceBrowser,
  release: ReleaseEntry,
  name: string,
): string | null {
  if (identifiers === null) return null;
  if (identifiers.onlyKernelTags && kernelTagOf(release) === null) return null;
  return fill(identifiers.template, release, { name: encodeURIComponent(name) });
}

function kernelTagOf({ tag }: ReleaseEntry): RegExpExecArray | null {
  return /^v\d+\.\d+(\.\d+)?(-rc\d+)?$/.exec(tag);
}

function fill(template: string, release: ReleaseEntry, more: Record<string, string>): string {
  const values: Record<string, string> = {
    tag: encodeURIComponent(release.tag),
    commit: encodeURIComponent(release.commit),
    ...more,
  };
  return template.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}
