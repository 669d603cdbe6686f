import type { KfuncRecord, State } from '../data/schema/index.ts';
import { type Atlas, mainline, newestState } from './atlas.ts';
import { isName } from './address.ts';
import { splitNote } from './change.ts';
import { foundIn } from './life.ts';
import { everyProgram, programName, programSlug } from './programs.ts';
import { kernelWords } from './release.ts';
import { type KfuncRow, kfuncRow } from './rows.ts';
import { place } from './place.ts';
import { type Piece, code, count, list, say } from './text.ts';
import { flagWords, suffixWords } from './words.ts';

/** A page about one flag, suffix or program type: what it is, and the kfuncs it concerns. */
export interface TopicPage {
  name: string;
  title: string;
  lead: Piece[];
  facts: { label: string; items: Piece[][] }[];
  groups: { id: string; title: string; rows: KfuncRow[] }[];
}

/** A page that lists topics: `/flags/`, `/suffixes/`, `/programs/`. */
export interface TopicList {
  title: string;
  lead: string;
  /** Heading of the second column. */
  wordsAre: string;
  rows: { name: Piece; words: string; count: number }[];
}

/** Every flag that a release defines or a kfunc has. */
export function allFlags(atlas: Atlas): string[] {
  return unique([
    ...atlas.dataset.releaseFiles.flatMap((f) => f.flags.map((flag) => flag.name)),
    ...atlas.dataset.releaseFiles.flatMap((f) =>
      f.events.filter((e) => e.kind.startsWith('flag')).map((e) => e.subject),
    ),
    ...states(atlas).flatMap((s) => [...s.flags, ...s.sets.flatMap((set) => set.flags)]),
    ...changed(atlas, 'flags'),
  ]);
}

/** Every suffix that a release knows or a parameter has. */
export function allSuffixes(atlas: Atlas): string[] {
  return unique([
    ...atlas.dataset.releaseFiles.flatMap((f) => f.suffixes.map((s) => s.literal)),
    ...atlas.dataset.releaseFiles.flatMap((f) =>
      f.events.filter((e) => e.kind.startsWith('suffix')).map((e) => e.subject),
    ),
    ...states(atlas).flatMap((s) => (s.prototype?.params ?? []).map((p) => p.suffix ?? '')),
  ]);
}

/** Every program type that a hook, a registration or a kfunc names; one a slug. */
export function allPrograms(atlas: Atlas): string[] {
  const types = unique([
    ...atlas.dataset.releaseFiles.flatMap((f) => f.hooks.flatMap((h) => h.programTypes)),
    ...states(atlas).flatMap((s) => s.programTypes),
    ...changed(atlas, 'programTypes'),
  ]);
  return [everyProgram, ...types.filter((t) => programSlug(t) !== 'all')];
}

function changed(atlas: Atlas, kind: 'flags' | 'programTypes'): string[] {
  return atlas.dataset.kfuncs.flatMap((k) =>
    k.lines.flatMap((l) =>
      l.changes
        .filter((c) => c.kind === kind)
        .flatMap((c) => [...c.was, ...c.now].map((text) => splitNote(text).name)),
    ),
  );
}

function states(atlas: Atlas): State[] {
  return atlas.dataset.kfuncs.flatMap((k) => k.lines.flatMap((l) => l.states));
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)].filter(isName).sort();
}

/** kfuncs that have it now, and those that had it once, as two tables. */
function groupsOf(
  atlas: Atlas,
  has: (state: State) => boolean,
  now: string,
  once: string,
): TopicPage['groups'] {
  const current = (k: KfuncRecord) => {
    const newest = newestState(k);
    return newest !== undefined && k.status !== 'removed' && has(newest.state);
  };
  const ever = atlas.dataset.kfuncs.filter((k) => k.lines.some((l) => l.states.some(has)));
  const rows = (records: KfuncRecord[]) => records.map((k) => kfuncRow(atlas, k));
  return [
    { id: 'now', title: now, rows: rows(ever.filter(current)) },
    { id: 'once', title: once, rows: rows(ever.filter((k) => !current(k))) },
  ].filter((g) => g.rows.length > 0);
}

/** `since v6.0; last in v6.19`: the runs of mainline releases for which `knows` holds. */
function runsOf(atlas: Atlas, knows: (release: string) => boolean): Piece[][] {
  const runs: string[][] = [];
  let open: string[] | null = null;
  for (const { id } of atlas.line(mainline)) {
    if (!knows(id)) open = null;
    else if (open === null) runs.push((open = [id]));
    else open.push(id);
  }
  const newest = atlas.newest?.id;
  return runs.map((run) => {
    const [first, last] = [run[0]!, run.at(-1)!];
    const since = [say('since '), ...foundIn(atlas, first)];
    if (last === newest) return since;
    return [...since, say('; last in '), say(last, atlas.to.release(last))];
  });
}

function knownIn(runs: Piece[][]): { label: string; items: Piece[][] }[] {
  return [
    { label: 'Known', items: [runs.length === 0 ? [say('in no release read')] : list(runs)] },
  ];
}

export function flagPage(atlas: Atlas, name: string): TopicPage {
  const at = (id: string) => atlas.file(id).flags.find((f) => f.name === name);
  const latest = atlas.line(mainline).findLast((r) => at(r.id) !== undefined);
  const definition = latest && at(latest.id);
  const kernels = definition === undefined ? '' : kernelWords(atlas, definition.meaning);
  return {
    name,
    title: `${name}: kfunc flag`,
    lead: [say(sentence(flagWords(name)))],
    facts: [
      ...knownIn(runsOf(atlas, (id) => at(id) !== undefined)),
      ...(latest === undefined || definition === undefined
        ? []
        : [
            {
              label: `Defined in ${latest.id}`,
              items: [
                [
                  place(atlas, latest.id, definition.file, definition.line),
                  ...(definition.bit === null ? [] : [say(`, bit ${definition.bit}`)]),
                ],
              ],
            },
          ]),
      ...(kernels === '' ? [] : [{ label: 'The kernel’s words', items: [[say(kernels)]] }]),
    ],
    groups: groupsOf(
      atlas,
      (s) => s.flags.includes(name),
      'kfuncs that have it',
      'kfuncs that had it',
    ),
  };
}

export function suffixPage(atlas: Atlas, literal: string): TopicPage {
  const at = (id: string) => atlas.file(id).suffixes.find((s) => s.literal === literal);
  const latest = atlas.line(mainline).findLast((r) => at(r.id) !== undefined);
  const check = latest && at(latest.id);
  return {
    name: literal,
    title: `${literal}: parameter suffix`,
    lead: [say(sentence(suffixWords(literal)))],
    facts: [
      ...knownIn(runsOf(atlas, (id) => at(id) !== undefined)),
      ...(latest === undefined || check === undefined
        ? []
        : [
            {
              label: `Checked in ${latest.id}`,
              items: [[place(atlas, latest.id, check.file, check.line)]],
            },
          ]),
    ],
    groups: groupsOf(
      atlas,
      (s) => s.prototype?.params.some((p) => p.suffix === literal) ?? false,
      'kfuncs with such a parameter',
      'kfuncs that had one',
    ),
  };
}

export function programPage(atlas: Atlas, type: string): TopicPage {
  const isAll = type === everyProgram;
  const forAll = atlas.dataset.kfuncs.filter(
    (k) => k.status !== 'removed' && newestState(k)?.state.programTypes.includes(everyProgram),
  );
  const lead = isAll
    ? [say('kfuncs that programs of every type may call.')]
    : [
        say('kfuncs registered for '),
        code(type),
        say('. Programs of this type may also call '),
        say(
          `the ${count(forAll.length, 'kfunc')} for all program types`,
          atlas.to.program(everyProgram),
        ),
        say('. A filter can refuse some: the page of a kfunc says so.'),
      ];
  return {
    name: isAll ? 'All program types' : programName(type),
    title: `${isAll ? 'All program types' : programName(type)}: kfuncs by program type`,
    lead,
    facts: [],
    groups: groupsOf(atlas, (s) => s.programTypes.includes(type), 'Callable now', 'Callable once'),
  };
}

function sentence(words: string | null): string {
  return words === null ? '' : `${words[0]!.toUpperCase()}${words.slice(1)}.`;
}

export function flagList(atlas: Atlas): TopicList {
  return {
    title: 'Flags',
    lead: 'What the kernel demands of the caller of a kfunc, or promises to it.',
    wordsAre: 'Meaning',
    rows: allFlags(atlas).map((name) => ({
      name: code(name, atlas.to.flag(name)),
      words: flagWords(name) ?? '',
      count: now(atlas, (s) => s.flags.includes(name)),
    })),
  };
}

export function suffixList(atlas: Atlas): TopicList {
  return {
    title: 'Parameter suffixes',
    lead: 'Endings of a parameter’s name by which the kernel tells the verifier what it wants.',
    wordsAre: 'Meaning',
    rows: allSuffixes(atlas).map((literal) => ({
      name: code(literal, atlas.to.suffix(literal)),
      words: suffixWords(literal) ?? '',
      count: now(atlas, (s) => s.prototype?.params.some((p) => p.suffix === literal) ?? false),
    })),
  };
}

export function programList(atlas: Atlas): TopicList {
  return {
    title: 'Program types',
    lead: 'Which kfuncs a BPF program may call depends on its type.',
    wordsAre: 'In the kernel',
    rows: allPrograms(atlas).map((type) => ({
      name: say(programName(type), atlas.to.program(type)),
      words: type === everyProgram ? '' : type,
      count: now(atlas, (s) => s.programTypes.includes(type)),
    })),
  };
}

function now(atlas: Atlas, has: (state: State) => boolean): number {
  return atlas.dataset.kfuncs.filter((k) => {
    const newest = newestState(k);
    return newest !== undefined && k.status !== 'removed' && has(newest.state);
  }).length;
}
