/** The Makefiles of a tree, run on demand, and the directories that they lead into. */
import { FALSE, TRUE, and, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import type { Diagnostic, Parsed } from '../../diagnostic.ts';
import type { SourceTree } from '../tree.ts';
import { parseKbuild, type Kbuild, type Statement } from './kbuild.ts';
import { listed, objectBuilt, readLists, type Built, type Lists } from './objects.ts';
import { simplify } from './simplify.ts';

/** What one file adds to a condition. */
export interface Part {
  cond: Cond;
  file: string;
  origin: 'makefile' | 'include';
}

/** A condition and where it comes from. */
export interface Told {
  cond: Cond;
  parts: Part[];
}

/** When make enters a directory: so that `obj-y` in it is built in, and at all. */
interface Entered {
  builtin: Told;
  any: Told;
}

/** Reads and parses a Makefile, so that a caller can keep what it parsed, by blob. */
export type LoadKbuild = (path: string) => Promise<Parsed<Kbuild> | undefined>;

/** A Makefile that was run. */
interface MakeFile {
  path: string;
  lists: Lists;
}

export interface Directories {
  /** The Kbuild file of a directory, or its Makefile; undefined when it has none. */
  makefile(dir: string, arch: string | null): Promise<MakeFile | undefined>;
  entered(dir: string, arch: string | null): Promise<Entered>;
  /** What parsing the Makefiles reported so far, once; empties the list. */
  takeDiagnostics(): Diagnostic[];
}

const ALWAYS: Told = { cond: TRUE, parts: [] };

export const parentOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';

/** A directory and all above it, the nearest first, the root (`''`) last. */
export function upwards(dir: string): string[] {
  return dir === '' ? [''] : [dir, ...upwards(parentOf(dir))];
}

export const within = (dir: string, name: string): string => (dir === '' ? name : `${dir}/${name}`);

/** A part for a condition that asks for something. */
export function partOf(cond: Cond, file: string, origin: Part['origin']): Part[] {
  return cond.op === 'true' ? [] : [{ cond, file, origin }];
}

const MAX_INCLUDES = 5;

/** Lists that name directories from the root in Makefile and arch/<a>/Makefile (older than v5.18: all). */
const ROOT_LISTS = ['core', 'drivers', 'net', 'libs', 'virt', 'init'];

export function directories(
  tree: SourceTree,
  load: LoadKbuild = async (path) => {
    const text = await tree.read(path);
    return text === undefined ? undefined : parseKbuild(text);
  },
): Directories {
  const files = new Map<string, Promise<MakeFile | undefined>>();
  const entries = new Map<string, Promise<Entered>>();
  const reported = new Set<string>();
  let diagnostics: Diagnostic[] = [];

  async function kbuild(path: string): Promise<Kbuild | undefined> {
    if (!tree.has(path)) return undefined;
    const parsed = await load(path);
    if (parsed !== undefined && !reported.has(path)) {
      reported.add(path);
      diagnostics.push(...parsed.diagnostics.map((d) => ({ ...d, path })));
    }
    return parsed?.value;
  }

  /** `include $(src)/Makefile.foo`, `include $(srctree)/lib/x/Makefile`, `include x.mk` beside it. */
  async function includes(
    statements: readonly Statement[],
    dir: string,
    found: Map<Statement, Kbuild[]>,
    depth: number,
  ): Promise<void> {
    for (const statement of statements) {
      if (statement.kind === 'if') {
        for (const branch of statement.branches) await includes(branch.body, dir, found, depth);
      } else if (statement.kind === 'include' && depth < MAX_INCLUDES) {
        const brought: Kbuild[] = [];
        for (const word of statement.paths.split(/\s+/)) {
          const path = word
            .replace(/^\$[({](?:srctree|objtree)[)}]\//, '')
            .replace(/^\$[({](?:src|obj)[)}](?=\/)/, dir)
            .replace(/^\.?\//, '');
          if (path.includes('$') || /^(?:scripts|include)\//.test(path)) continue;
          const read = (await kbuild(path)) ?? (await kbuild(within(dir, path)));
          if (read === undefined) continue;
          brought.push(read);
          await includes(read.statements, dir, found, depth + 1);
        }
        found.set(statement, brought);
      }
    }
  }

  async function run(
    path: string,
    dir: string,
    arch: string | null,
    isTop: boolean,
  ): Promise<MakeFile | undefined> {
    const read = await kbuild(path);
    if (read === undefined) return undefined;
    const included = new Map<Statement, Kbuild[]>();
    await includes(read.statements, dir, included, 0);
    return { path, lists: readLists(read, { dir, arch, included, isTop }) };
  }

  function makefile(dir: string, arch: string | null): Promise<MakeFile | undefined> {
    // Kbuild is preferred where a directory has both (kbuild-file in scripts/Makefile.build).
    const path = [within(dir, 'Kbuild'), within(dir, 'Makefile')].find((p) => tree.has(p));
    if (path === undefined) return Promise.resolve(undefined);
    return remember(files, `${path}\0${arch ?? ''}`, () => run(path, dir, arch, false));
  }

  /** What the top of the tree says of a directory: Kbuild, Makefile and arch/<a>/Makefile. */
  async function enteredFromRoot(dir: string, arch: string | null): Promise<Entered | null> {
    const isListed = ({ built }: { built: Built }): boolean =>
      built.y.op !== 'false' || built.m.op !== 'false';
    const told: { file: string; built: Built }[] = [];
    const root = tree.has('Kbuild') ? await makefile('', arch) : undefined;
    if (root) told.push({ file: root.path, built: objectBuilt(root.lists, `${dir}/`) });
    // The top Makefile is the longest of all; where Kbuild lists directories it has little to add. That
    // of an architecture has nothing to add where its folder is always entered.
    const tops = told.some(isListed) ? [] : ['Makefile'];
    const isAlwaysEntered = told.some(({ built }) => built.y.op === 'true');
    if (arch !== null && !isAlwaysEntered) tops.push(`arch/${arch}/Makefile`);
    for (const path of tops) {
      const top = await remember(files, `top\0${path}\0${arch ?? ''}`, () =>
        run(path, '', arch, true),
      );
      if (!top) continue;
      const lists = (end: string) =>
        or(...ROOT_LISTS.map((list) => listed(top.lists, `${list}-${end}`, `${dir}/`)));
      // The top Makefile's own conditionals are about make's run, not about the configuration.
      const built = { y: withoutText(lists('y')), m: withoutText(lists('m')) };
      told.push({ file: path, built });
    }
    const here = told.filter(isListed);
    if (here.length === 0) return null;
    const tell = (conds: { file: string; cond: Cond }[]): Told => {
      const cond = simplify(or(...conds.map((c) => c.cond)));
      const from = conds.find((c) => c.cond.op !== 'false') ?? conds[0]!;
      return { cond, parts: partOf(cond, from.file, 'makefile') };
    };
    return {
      builtin: tell(here.map(({ file, built }) => ({ file, cond: built.y }))),
      any: tell(here.map(({ file, built }) => ({ file, cond: or(built.y, built.m) }))),
    };
  }

  async function enter(dir: string, arch: string | null): Promise<Entered> {
    if (dir === '') return { builtin: ALWAYS, any: ALWAYS };
    for (const above of upwards(parentOf(dir))) {
      if (above === '') break;
      const found = await makefile(above, arch);
      if (!found) continue;
      const name = dir.slice(above.length + 1);
      const { y, m } = objectBuilt(found.lists, `${name}/`);
      const sub = or(listed(found.lists, 'subdir-y', name), listed(found.lists, 'subdir-m', name));
      const any = simplify(or(y, m, sub));
      if (any.op === 'false') continue;
      const outer = await entered(above, arch);
      return {
        builtin: below({ cond: y, parts: partOf(y, found.path, 'makefile') }, outer.builtin),
        any: below({ cond: any, parts: partOf(any, found.path, 'makefile') }, outer.any),
      };
    }
    const root = await enteredFromRoot(dir, arch);
    return root ?? { builtin: { cond: FALSE, parts: [] }, any: { cond: FALSE, parts: [] } };
  }

  function entered(dir: string, arch: string | null): Promise<Entered> {
    return remember(entries, `${dir}\0${arch ?? ''}`, () => enter(dir, arch));
  }

  return {
    makefile,
    entered,
    takeDiagnostics: () => {
      const taken = diagnostics;
      diagnostics = [];
      return taken;
    },
  };
}

/** A condition inside another. */
export function below(inner: Told, outer: Told): Told {
  return { cond: and(inner.cond, outer.cond), parts: [...inner.parts, ...outer.parts] };
}

function remember<T>(
  map: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Takes whatever is no Kconfig symbol for granted. */
function withoutText(cond: Cond): Cond {
  switch (cond.op) {
    case 'and':
      return and(...cond.terms.map(withoutText));
    case 'or':
      return or(...cond.terms.map(withoutText));
    case 'text':
      return TRUE;
    case 'not':
      return cond.term.op === 'text' ? TRUE : cond;
    default:
      return cond;
  }
}
