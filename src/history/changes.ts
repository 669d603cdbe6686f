import {
  changeKindSchema,
  type Change,
  type ChangeKind,
  type KfuncFacts,
  type ReleaseFile,
} from '../data/schema/index.ts';
import { deprecationTexts } from './deprecation.ts';
import { configTexts, declarationText, flagTexts, programTypeTexts } from './facts-text.ts';

/** The order of changes within one release. */
export const KINDS: readonly ChangeKind[] = changeKindSchema.options;

/** Facts with what of their release is needed to read them. */
export interface FactsAt {
  facts: KfuncFacts;
  hooks: ReleaseFile['hooks'];
}

/** What a change says, without when it was. */
export type FactChange = Pick<Change, 'kind' | 'was' | 'now'>;

/** One release of a line, as one kfunc sees it. */
export interface Moment {
  id: string;
  hooks: ReleaseFile['hooks'];
  /** null where the kfunc is absent. */
  facts: KfuncFacts | null;
}

/** Both prototypes; BPF's where they differ, else the kernel's: it alone changes by implicit arguments. */
function prototypeChange(was: KfuncFacts, now: KfuncFacts): [was: string[], now: string[]] {
  const [before, after] = [was.prototype, now.prototype];
  // A definition that was not found says nothing about the kernel.
  if (!before || !after) return [[], []];
  if (before.bpf !== after.bpf) return [[before.bpf], [after.bpf]];
  return [[before.kernel], [after.kernel]];
}

/**
 * The file of the preferred definition. A stub that comes or goes is no move: for one, each release
 * must have a file that the other has not.
 */
function move(was: KfuncFacts, now: KfuncFacts): [was: string[], now: string[]] {
  const [from, to] = [was.definitions[0]?.file, now.definitions[0]?.file];
  if (from === undefined || to === undefined) return [[], []];
  const stays = now.definitions.some((d) => d.file === from);
  const stood = was.definitions.some((d) => d.file === to);
  return stays && stood ? [[], []] : [[from], [to]];
}

function docTexts({ doc }: KfuncFacts): string[] {
  return doc.hash === null ? [] : [doc.hash];
}

function sameTexts(was: readonly string[], now: readonly string[]): boolean {
  return was.length === now.length && was.every((text) => now.includes(text));
}

/**
 * What a user of a kfunc sees change between two moments of it, at most one entry a kind, in the
 * order of KINDS; of two releases of a line, or of any two trees. `was` and `now` are short texts: see
 * facts-text.ts. What only the kernel sees (a set's name or kind) is no change.
 */
export function compareFacts(was: FactsAt, now: FactsAt): FactChange[] {
  const of = (texts: (facts: KfuncFacts) => string[]): [string[], string[]] => [
    texts(was.facts),
    texts(now.facts),
  ];
  const compared: [ChangeKind, [string[], string[]]][] = [
    ['roles', of((facts) => facts.roles)],
    ['flags', of(flagTexts)],
    ['prototype', prototypeChange(was.facts, now.facts)],
    [
      'programTypes',
      [programTypeTexts(was.facts, was.hooks), programTypeTexts(now.facts, now.hooks)],
    ],
    ['config', of(configTexts)],
    ['doc', of(docTexts)],
    ['deprecated', of(deprecationTexts)],
    ['moved', move(was.facts, now.facts)],
  ];
  return compared
    .filter(([, [before, after]]) => !sameTexts(before, after))
    .map(([kind, [before, after]]) => ({ kind, was: before, now: after }));
}

/**
 * All that happened to a kfunc through `moments`, oldest first, without renames (see renames.ts) and
 * without events (see event-marks.ts). The first moment is compared with nothing, unless `fromBase`
 * says that it belongs to another line and is only there to compare with.
 *
 * A kfunc that comes back is `returned`, and what differs from when it left is told beside that,
 * `after` being the release that had it last.
 */
export function changesOf(name: string, moments: readonly Moment[], fromBase = false): Change[] {
  const changes: Change[] = [];
  const tell = (release: string, after: string | null, { kind, was, now }: FactChange): void => {
    changes.push({ release, after, kind, was, now, event: null, commit: null });
  };
  let last: (FactsAt & { id: string }) | null = null;
  moments.forEach(({ id, facts, hooks }, i) => {
    const before = moments[i - 1];
    if (!fromBase || before) {
      const declared = (f: KfuncFacts): string[] => [declarationText(name, f)];
      if (facts && !before?.facts) {
        const kind = last ? 'returned' : 'added';
        tell(id, before?.id ?? null, { kind, was: [], now: declared(facts) });
      }
      if (before?.facts && !facts) {
        tell(id, before.id, { kind: 'removed', was: declared(before.facts), now: [] });
      }
      if (facts && last && last.facts !== facts) {
        for (const change of compareFacts(last, { facts, hooks })) tell(id, last.id, change);
      }
    }
    if (facts) last = { id, facts, hooks };
  });
  return changes;
}
