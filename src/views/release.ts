import type { Change, KfuncRecord, ReleaseEntry, State, TreeEvent } from '../data/schema/index.ts';
import { type Atlas, mainline } from './atlas.ts';
import { type ChangeView, kfuncName, viewChange } from './change.ts';
import { programName } from './programs.ts';
import { type KfuncRow, kfuncRow } from './rows.ts';
import { place } from './place.ts';
import { type Piece, code, count, list, say } from './text.ts';
import { releasesBetween } from './versions.ts';
import { evidenceWords, flagWords, suffixWords } from './words.ts';

/** What `/v6.12/` prints. */
export interface ReleasePage {
  id: string;
  title: string;
  description: string;
  /** `Linux v6.12 has 132 kfuncs. Since v6.11 it added 20, changed 4 and removed 1.` */
  lead: Piece[];
  has: number;
  /** Which tag it was read from, and when that was made. */
  readFrom: string;
  older: Piece | null;
  newer: Piece | null;
  all: Piece;
  events: EventView[];
  added: KfuncRow[];
  changed: { name: Piece; changes: ChangeView[] }[];
  removed: { name: Piece; text: Piece[] }[];
  flags: WordRow[];
  suffixes: WordRow[];
  hooks: { hook: Piece; programs: Piece[] }[];
  jit: { arch: string; condition: Piece[]; source: Piece }[];
}

/** A flag or a suffix, what it means, and where it is defined. */
export interface WordRow {
  name: Piece;
  words: string;
  source: Piece;
}

export interface EventView {
  title: Piece[];
  words: string;
  changed: { count: number; names: Piece[] };
  stricter: { count: number; names: Piece[] };
}

export function releasePage(atlas: Atlas, release: ReleaseEntry): ReleasePage {
  const line = atlas.line(release.line);
  const at = line.indexOf(release);
  const [older, newer] = [line[at - 1], line[at + 1]];
  const file = atlas.file(release.id);
  const has = hereIn(atlas, release.id).length;
  const page = changesOf(atlas, release);
  return {
    id: release.id,
    title: `${release.id}: kfuncs added, changed and removed`,
    description: `What Linux ${release.id} added, changed and removed among the kernel functions that BPF programs may call.`,
    lead: leadOf(atlas, release, older, { ...page, has }),
    has,
    readFrom: release.exact
      ? `Tagged ${release.date}.`
      : `Read from ${say(release.tag).text} of ${release.date}, which stands for ${release.id}.`,
    older: older === undefined ? null : say(older.id, atlas.to.release(older.id)),
    newer: newer === undefined ? null : say(newer.id, atlas.to.release(newer.id)),
    all: say(`All kfuncs of ${release.id}`, atlas.to.all(release.id)),
    events: inWeight(file.events).map((e) => viewEvent(atlas, release.id, e)),
    ...page,
    flags: file.flags.map((f) => ({
      name: code(f.name, atlas.to.flag(f.name)),
      words: flagWords(f.name) ?? kernelWords(atlas, f.meaning),
      source: place(atlas, release.id, f.file, f.line),
    })),
    suffixes: file.suffixes.map((s) => ({
      name: code(s.literal, atlas.to.suffix(s.literal)),
      words: suffixWords(s.literal) ?? '',
      source: place(atlas, release.id, s.file, s.line),
    })),
    hooks: file.hooks.map((h) => ({
      hook: code(h.hook.replace(/^BTF_KFUNC_HOOK_/, '')),
      programs: list(h.programTypes.map((t) => [say(programName(t), atlas.to.program(t))])),
    })),
    jit: file.jit.map((j) => ({
      arch: say(j.arch).text,
      condition: j.condition === null ? [] : [code(j.condition)],
      source: place(atlas, release.id, j.file, j.line),
    })),
  };
}

/** The kernel's one-line meaning, where the dataset holds it. */
export function kernelWords(atlas: Atlas, hash: string | null): string {
  const text = hash === null ? undefined : atlas.dataset.prose?.get(hash);
  return text === undefined ? '' : say(text).text;
}

/** kfuncs that the release has, with their state there, by name. */
export function hereIn(atlas: Atlas, release: string): { record: KfuncRecord; state: State }[] {
  return atlas.dataset.kfuncs.flatMap((record) => {
    const state = atlas.stateAt(record, release);
    return state === undefined ? [] : [{ record, state }];
  });
}

function leadOf(
  atlas: Atlas,
  release: ReleaseEntry,
  older: ReleaseEntry | undefined,
  page: Told & { has: number },
): Piece[] {
  const lead = [
    say(`${release.id} has `),
    say(count(page.has, 'kfunc'), atlas.to.all(release.id)),
    say('. '),
  ];
  if (older === undefined) {
    return release.line === mainline
      ? [...lead, say('No older release was read to compare it with.')]
      : lead;
  }
  const gap = releasesBetween(older.id, release.id) ?? 0;
  const { added, changed, removed } = page;
  return [
    ...lead,
    say('Since '),
    say(older.id, atlas.to.release(older.id)),
    say(
      gap === 0 ? '' : ` (${count(gap, 'release')} between ${gap === 1 ? 'was' : 'were'} not read)`,
    ),
    say(`: ${added.length} added, ${changed.length} changed, ${removed.length} removed.`),
  ];
}

type Told = Pick<ReleasePage, 'added' | 'changed' | 'removed'>;

function changesOf(atlas: Atlas, release: ReleaseEntry): Told {
  const told: Told = { added: [], changed: [], removed: [] };
  for (const record of atlas.dataset.kfuncs) {
    const changes = record.lines
      .flatMap((l) => l.changes)
      .filter((c) => c.release === release.id && c.event === null);
    if (changes.length > 0) tell(atlas, release, record, changes, told);
  }
  return told;
}

function tell(
  atlas: Atlas,
  release: ReleaseEntry,
  record: KfuncRecord,
  changes: readonly Change[],
  told: Told,
): void {
  const kinds = new Set(changes.map((c) => c.kind));
  const replaces = record.replaces.filter((r) => r.release === release.id);
  const replacedBy = record.replacedBy.filter((r) => r.release === release.id);
  if (kinds.has('added') || kinds.has('returned')) {
    const state = atlas.stateAt(record, release.id);
    const row = kfuncRow(atlas, record, state, release.id);
    const notes = [
      ...(kinds.has('returned') ? [say('came back')] : []),
      ...replaces.flatMap((r) => [say('replaces '), kfuncName(atlas, r.name)]),
    ];
    told.added.push({ ...row, note: notes });
  } else if (kinds.has('removed')) {
    const text = replacedBy.flatMap((r) => [
      say('replaced by '),
      kfuncName(atlas, r.name, release.id),
      say(` (${r.evidence.map(evidenceWords).join(', ')})`),
    ]);
    told.removed.push({ name: kfuncName(atlas, record.name), text });
  } else {
    told.changed.push({
      name: kfuncName(atlas, record.name, release.id),
      changes: changes.map((c) => viewChange(atlas, record.name, c)),
    });
  }
}

const eventWords: Record<TreeEvent['kind'], string> = {
  'flag-added': 'New flag',
  'flag-removed': 'Flag that ends here',
  'suffix-added': 'New parameter suffix',
  'suffix-removed': 'Parameter suffix that ends here',
  'hook-changed': 'Program types that share a hook',
  'trusted-by-default':
    'The flag ends, since every kfunc now wants trusted pointers unless it says otherwise. ' +
    'Nothing changes for kfuncs that had it',
  'jit-added': 'Its JIT learns to call kfuncs',
  'jit-removed': 'Its JIT calls kfuncs no longer',
};

/** Events that make kfuncs stricter without a word come first. */
function inWeight(events: readonly TreeEvent[]): TreeEvent[] {
  return [...events].sort((a, b) => Number(b.stricter.length > 0) - Number(a.stricter.length > 0));
}

function viewEvent(atlas: Atlas, release: string, event: TreeEvent): EventView {
  const names = (kfuncs: readonly string[]) => ({
    count: kfuncs.length,
    names: list(kfuncs.map((name) => [kfuncName(atlas, name, release)])),
  });
  return {
    title: [eventSubject(atlas, event)],
    words: eventText(event),
    changed: names(event.changed),
    stricter: names(event.stricter),
  };
}

function eventSubject(atlas: Atlas, { kind, subject }: TreeEvent): Piece {
  if (kind.startsWith('flag') || kind === 'trusted-by-default') {
    return code(subject, atlas.to.flag(subject));
  }
  if (kind.startsWith('suffix')) return code(subject, atlas.to.suffix(subject));
  return code(kind === 'hook-changed' ? subject.replace(/^BTF_KFUNC_HOOK_/, '') : subject);
}

function eventText({ kind, subject, was, now }: TreeEvent): string {
  const words = eventWords[kind];
  if (kind === 'hook-changed') {
    const names = (types: readonly string[]) => types.map(programName).join(', ') || 'none';
    return say(`${words}: ${names(now)}; before: ${names(was)}.`).text;
  }
  const meaning =
    kind === 'trusted-by-default' ? null : (flagWords(subject) ?? suffixWords(subject));
  if (meaning !== null) return `${words}: ${meaning}.`;
  const texts = kind.startsWith('jit') ? [...was, ...now].filter((t) => t.includes('(')) : [];
  return say(texts.length === 0 ? `${words}.` : `${words}: ${texts.join(', ')}.`).text;
}
