/** What one directory's Makefile builds: the rules of scripts/Makefile.build and scripts/Makefile.lib. */
import { FALSE, TRUE, and, not, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import {
  expandText,
  expandWords,
  isDefined,
  sameText,
  UNKNOWN,
  variableWords,
  type Alternative,
  type Entry,
  type Scope,
} from './expand.ts';
import type { Kbuild, Statement, Test } from './kbuild.ts';
import { simplify } from './simplify.ts';

/** When an object or a directory is built in, and when as (part of) a module. */
export interface Built {
  y: Cond;
  m: Cond;
}

/** What one file of make says, with the configuration left open. */
export interface Lists {
  scope: Scope;
  /** The directory that its paths are relative to. */
  dir: string;
  /** What was asked for before: the paths of a list, each with its condition. */
  known: Map<string, ReadonlyMap<string, Cond>>;
  /** `foo` for which `foo-objs`, `foo-y` or `foo-m` is set. */
  composites: readonly string[];
}

/** Steps of expansion that one file may take; the kernel's largest takes some thousands. */
const BUDGET = 200_000;

const always = (text: string): Alternative[] => [{ text, cond: TRUE }];

function environment(dir: string, arch: string | null): Map<string, readonly Alternative[]> {
  const is64: Cond = { op: 'symbol', name: 'CONFIG_64BIT', test: 'enabled' };
  const given = new Map<string, readonly Alternative[]>([
    ['srctree', always('.')],
    ['objtree', always('.')],
    ['src', always(dir || '.')],
    ['obj', always(dir || '.')],
    ['KBUILD_EXTMOD', always('')],
    // arch/<a>/Makefile exports it.
    [
      'BITS',
      [
        { text: '64', cond: is64 },
        { text: '32', cond: not(is64) },
      ],
    ],
  ]);
  if (arch !== null) given.set('SRCARCH', always(arch));
  return given;
}

function testCond(scope: Scope, test: Test): Cond {
  switch (test.kind) {
    case 'eq':
      return sameText(scope, test.left, test.right);
    case 'neq':
      return not(sameText(scope, test.left, test.right));
    case 'def':
    case 'ndef': {
      const names = expandText(scope, test.left);
      const defined = or(...names.map((n) => and(n.cond, isDefined(scope, n.text))));
      return test.kind === 'def' ? defined : not(defined);
    }
  }
}

function assign(
  scope: Scope,
  statement: Extract<Statement, { kind: 'assign' }>,
  guard: Cond,
): void {
  for (const { text, cond } of expandText(scope, statement.name)) {
    const name = text.trim();
    if (name === '' || name.includes(UNKNOWN)) continue;
    const before = scope.variables.get(name) ?? [];
    // Not worked out for `+=`: for a list of hundreds of words it would be most of the work.
    const isFree = statement.op === '?=' ? not(or(...before.map((entry) => entry.guard))) : TRUE;
    const inForce = and(guard, cond, isFree);
    if (inForce.op === 'false') continue;
    const kept: Entry[] =
      statement.op === '+=' || statement.op === '?='
        ? before
        : before
            .map((entry) => ({ ...entry, guard: and(entry.guard, not(inForce)) }))
            .filter((entry) => entry.guard.op !== 'false');
    const words = statement.op === ':=' ? expandWords(scope, statement.value) : null;
    scope.variables.set(name, [...kept, { guard: inForce, raw: statement.value, words }]);
  }
}

/** How a file of make is run. */
export interface Run {
  /** The directory that the file stands in, `''` for the root. */
  dir: string;
  /** The architecture that `$(SRCARCH)` stands for; null leaves it unknown. */
  arch: string | null;
  /** What each include statement brings in. */
  included: ReadonlyMap<Statement, readonly Kbuild[]>;
  /**
   * The top Makefile, or one of arch/. They are full of tests of how make was called
   * (`$(MAKECMDGOALS)`, `$(sub_make_done)`), which hold in some run of make: a test that asks for no
   * Kconfig symbol is passed over, and all its branches are run.
   */
  isTop: boolean;
}

const asksForConfig = ({ left, right }: Test): boolean => /\bCONFIG_/.test(`${left} ${right}`);

function run(scope: Scope, statements: readonly Statement[], guard: Cond, how: Run): void {
  for (const statement of statements) {
    if (scope.budget <= 0) return;
    if (statement.kind === 'assign') assign(scope, statement, guard);
    else if (statement.kind === 'include') {
      for (const kbuild of how.included.get(statement) ?? []) {
        run(scope, kbuild.statements, guard, how);
      }
    } else {
      let noneBefore: Cond = TRUE;
      for (const { test, body } of statement.branches) {
        if (how.isTop && test !== null && !asksForConfig(test)) {
          run(scope, body, guard, how);
          continue;
        }
        const holds = test === null ? TRUE : simplify(testCond(scope, test));
        run(scope, body, simplify(and(guard, noneBefore, holds)), how);
        noneBefore = simplify(and(noneBefore, not(holds)));
      }
    }
  }
}

/** Runs a Makefile with the configuration left open. */
export function readLists(kbuild: Kbuild, how: Run): Lists {
  const { dir, arch } = how;
  const scope: Scope = { variables: new Map(), given: environment(dir, arch), budget: BUDGET };
  run(scope, kbuild.statements, TRUE, how);
  return { scope, dir, known: new Map(), composites: compositesOf(scope) };
}

function compositesOf({ variables }: Scope): string[] {
  const names = [...variables.keys()].map((name) => /^(.+)-(?:objs|y|m)$/.exec(name)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** `./a/../b.o` -> `b.o`; the directory itself may be written before it. */
function normalise(path: string, dir: string): string {
  const parts: string[] = [];
  const relative = dir !== '' && path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : path;
  for (const part of relative.split('/')) {
    if (part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** The paths that a list holds. */
function pathsOf(lists: Lists, list: string): ReadonlyMap<string, Cond> {
  const known = lists.known.get(list);
  if (known) return known;
  const conds = new Map<string, Cond[]>();
  lists.scope.budget = BUDGET;
  for (const { text, cond } of variableWords(lists.scope, list)) {
    const path = normalise(text, lists.dir);
    const before = conds.get(path);
    if (before) before.push(cond);
    else conds.set(path, [cond]);
  }
  const paths = new Map([...conds].map(([path, all]) => [path, or(...all)]));
  lists.known.set(list, paths);
  return paths;
}

/** Under which condition a list holds a path. */
export function listed(lists: Lists, list: string, path: string): Cond {
  return pathsOf(lists, list).get(path) ?? FALSE;
}

function isSet(lists: Lists, name: string): Cond {
  return or(...(lists.scope.variables.get(name) ?? []).map((entry) => entry.guard));
}

/**
 * When an object or a directory of the lists `obj-` and `lib-` is built.
 *
 * An object `foo.o` for which `foo-objs`, `foo-y`, `foo-m` or `foo-` is set is made of those parts, not of
 * foo.c (multi-search in scripts/Makefile.build, scripts/Makefile.lib before v6.13). A built-in `foo.o` takes
 * `foo-objs` and `foo-y`; a module takes `foo-m` too (real-search there). An object in both obj-y and
 * obj-m is built in.
 *
 * @param path relative to the directory of the Makefile: `f.o`, `sub/`
 */
export function objectBuilt(lists: Lists, path: string): Built {
  const whole = (object: string): Built => ({
    y: or(listed(lists, 'obj-y', object), listed(lists, 'lib-y', object)),
    m: or(listed(lists, 'obj-m', object), listed(lists, 'lib-m', object)),
  });
  const direct = whole(path);
  if (!path.endsWith('.o')) return direct;

  const name = path.slice(0, -'.o'.length);
  const isComposite = or(...['objs', 'y', 'm', ''].map((end) => isSet(lists, `${name}-${end}`)));
  const cases: Built[] = [
    { y: and(direct.y, not(isComposite)), m: and(direct.m, not(isComposite)) },
  ];
  for (const composite of lists.composites) {
    const { y, m } = whole(`${composite}.o`);
    if (y.op === 'false' && m.op === 'false') continue;
    const inside = or(
      listed(lists, `${composite}-objs`, path),
      listed(lists, `${composite}-y`, path),
    );
    const inModule = or(inside, listed(lists, `${composite}-m`, path));
    cases.push({ y: and(y, inside), m: and(m, inModule) });
  }
  return {
    y: simplify(or(...cases.map((c) => c.y))),
    m: simplify(or(...cases.map((c) => c.m))),
  };
}
