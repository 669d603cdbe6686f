/** Which configuration a file of the kernel needs to be compiled. */
import { TRUE, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import type { Diagnostic, Parsed } from '../../diagnostic.ts';
import type { SourceTree } from '../tree.ts';
import {
  below,
  directories,
  parentOf,
  partOf,
  upwards,
  type Directories,
  type LoadKbuild,
  type Part,
  type Told,
} from './directories.ts';
import { includersOf } from './includers.ts';
import { objectBuilt, type Built } from './objects.ts';
import { simplify } from './simplify.ts';

export interface BuildCondition {
  cond: Cond;
  /** Which file asks for what, from the file's own Makefile up to the root; all of them must hold. */
  parts: Part[];
  /** Architectures under whose directory the file stands; null for a file of all. */
  arch: string[] | null;
}

const MAX_INCLUDERS = 5;

/**
 * The condition for one file; for many files of one tree, buildConditions() runs each Makefile once.
 */
export function buildCondition(tree: SourceTree, file: string): Promise<Parsed<BuildCondition>> {
  return buildConditions(tree)(file);
}

/**
 * Gives a function that says which configuration a `.c` file needs: what its Makefile asks for, and each
 * Makefile or Kbuild file up to the root that leads there; for a file that no Makefile builds and another
 * file includes, what that one needs and the guard of its `#include`.
 *
 * Reported, besides what parsing Makefiles reports: `not-built` for a file that nothing builds, and
 * `built-by-hand` for one under tools/, whose Makefiles are not Kbuild's. Both have the condition
 * true.
 *
 * @param load reads and parses a Makefile; by default from the tree
 */
export function buildConditions(
  tree: SourceTree,
  load?: LoadKbuild,
): (file: string) => Promise<Parsed<BuildCondition>> {
  const dirs = directories(tree, load);
  return async (file) => {
    const arch = /^arch\/([^/]+)\//.exec(file)?.[1] ?? null;
    const archs = arch === null ? null : [arch];
    const always = { cond: TRUE, parts: [], arch: archs };
    if (!file.endsWith('.c')) return { value: always, diagnostics: [] };
    if (file.startsWith('tools/')) {
      const message = 'Makefiles under tools/ are no part of the kernel build.';
      return { value: always, diagnostics: [diagnostic('built-by-hand', 'info', file, message)] };
    }
    const told = await compiled(tree, dirs, file, arch, new Set());
    const diagnostics = dirs.takeDiagnostics();
    if (told === null) {
      const message = 'No Makefile builds this file, and no file that is built includes it.';
      diagnostics.push(diagnostic('not-built', 'warning', file, message));
      return { value: always, diagnostics };
    }
    return { value: { cond: simplify(told.cond), parts: told.parts, arch: archs }, diagnostics };
  };
}

function diagnostic(
  code: string,
  severity: Diagnostic['severity'],
  path: string,
  message: string,
): Diagnostic {
  return { code, severity, release: null, path, line: null, message };
}

/** null for a file that is not compiled in any configuration. */
async function compiled(
  tree: SourceTree,
  dirs: Directories,
  file: string,
  arch: string | null,
  seen: Set<string>,
): Promise<Told | null> {
  seen.add(file);
  const built = (await asObject(dirs, file, arch)) ?? (await fromBeside(tree, dirs, file, arch));
  if (built !== null) return built;
  const all: Told[] = [];
  for (const { file: includer, guard } of await includersOf(tree, file)) {
    if (seen.has(includer) || seen.size >= MAX_INCLUDERS) continue;
    const outer = await compiled(tree, dirs, includer, arch, seen);
    if (outer) all.push(below({ cond: guard, parts: partOf(guard, includer, 'include') }, outer));
  }
  return anyOf(all);
}

function anyOf(all: readonly Told[]): Told | null {
  if (all.length < 2) return all[0] ?? null;
  return { cond: or(...all.map((t) => t.cond)), parts: all.flatMap((t) => t.parts) };
}

/** The object of a file in the Makefile of its directory, or of one above. */
async function asObject(
  dirs: Directories,
  file: string,
  arch: string | null,
): Promise<Told | null> {
  for (const dir of upwards(parentOf(file))) {
    const path = file.slice(dir === '' ? 0 : dir.length + 1).replace(/\.c$/, '.o');
    const told = await objectIn(dirs, dir, path, arch);
    if (told !== null) return told;
  }
  return null;
}

/** `obj-y += ../bar/f.o` in the Makefile of a directory beside. */
async function fromBeside(
  tree: SourceTree,
  dirs: Directories,
  file: string,
  arch: string | null,
): Promise<Told | null> {
  const dir = parentOf(file);
  const path = `../${file.slice(parentOf(dir).length + (dir.includes('/') ? 1 : 0))}`.replace(
    /\.c$/,
    '.o',
  );
  const beside = parentOf(dir);
  if (beside === '') return null;
  const makefiles = [...tree.list(beside)].filter((p) => /\/(?:Makefile|Kbuild)$/.test(p));
  const found: Told[] = [];
  for (const makefile of (await tree.search(makefiles, [path])).keys()) {
    if (parentOf(parentOf(makefile)) !== beside) continue;
    const told = await objectIn(dirs, parentOf(makefile), path, arch);
    if (told !== null) found.push(told);
  }
  return anyOf(found);
}

/** An object of one Makefile, and what leads to that Makefile; null when it is not in it. */
async function objectIn(
  dirs: Directories,
  dir: string,
  path: string,
  arch: string | null,
): Promise<Told | null> {
  const makefile = await dirs.makefile(dir, arch);
  if (makefile === undefined) return null;
  const built = objectBuilt(makefile.lists, path);
  const cond = simplify(or(built.y, built.m));
  if (cond.op === 'false') return null;
  const entered = await dirs.entered(dir, arch);
  if (entered.any.cond.op === 'false') return null;
  return below(
    { cond, parts: partOf(cond, makefile.path, 'makefile') },
    needsBuiltin(built) && entered.builtin.cond.op !== 'false' ? entered.builtin : entered.any,
  );
}

/**
 * An object that is only ever built in is left out of a directory that make enters for modules
 * (need-builtin in scripts/Makefile.build). One of `obj-$(CONFIG_X)` can be either, and Kconfig's own
 * dependencies see to it that X is not y there.
 */
function needsBuiltin(built: Built): boolean {
  return built.m.op === 'false';
}
