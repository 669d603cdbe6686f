import type { EventDifference } from '../../diff/types.ts';
import type { TreeEvent } from '../../data/schema/index.ts';
import type { Atlas } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { programName } from '../programs.ts';
import { type Badge, badgeOf } from './severity.ts';
import { type Piece, code, list, say } from '../text.ts';
import { flagWords, suffixWords } from '../words.ts';

/** A change of the tree as a whole, told once for all kfuncs that it touches. */
export interface EventView {
  subject: Piece;
  badge: Badge | null;
  /** `New flag: may return NULL, so check before use.` */
  words: string;
  touched: Touched[];
}

/** kfuncs that an event touches in one way. */
export interface Touched {
  /** `Stricter, with no difference in their text (143)` */
  title: string;
  names: Piece[];
  /** Whether the names are so many that they are shown on demand. */
  isLong: boolean;
}

const namesShown = 12;

const labels: Record<TreeEvent['kind'], string> = {
  'flag-added': 'New flag',
  'flag-removed': 'Flag that ends here',
  'suffix-added': 'New parameter suffix',
  'suffix-removed': 'Parameter suffix that ends here',
  'hook-changed': 'Hook that program types share',
  'trusted-by-default': 'Flag that ends here',
  'jit-added': 'New architecture',
  'jit-removed': 'Architecture that ends here',
};

/** Events in the order of their weight, those that make kfuncs stricter without a word first. */
export function viewEvents(
  atlas: Atlas,
  release: string,
  events: readonly EventDifference[],
): EventView[] {
  const isStricter = ({ event }: EventDifference) => Number(event.stricter.length > 0);
  return [...events]
    .sort((a, b) => isStricter(b) - isStricter(a))
    .map((difference) => viewEvent(atlas, release, difference));
}

function viewEvent(atlas: Atlas, release: string, difference: EventDifference): EventView {
  const { event, severity } = difference;
  const touched = (title: string, names: readonly string[]): Touched[] =>
    names.length === 0
      ? []
      : [
          {
            title: `${title} (${names.length.toLocaleString('en-US')})`,
            names: list(names.map((name) => [kfuncName(atlas, name, release)])),
            isLong: names.length > namesShown,
          },
        ];
  return {
    subject: eventSubject(atlas, event),
    badge: badgeOf(severity),
    words: say(textOf(difference)).text,
    touched: [
      ...touched('Stricter, with no difference in their text', event.stricter),
      ...touched('Changed by it', event.changed),
    ],
  };
}

/** The flag, suffix, hook or architecture that an event is about. */
export function eventSubject(atlas: Atlas, { kind, subject }: TreeEvent): Piece {
  if (kind.startsWith('flag') || kind === 'trusted-by-default') {
    return code(subject, atlas.to.flag(subject));
  }
  if (kind.startsWith('suffix')) return code(subject, atlas.to.suffix(subject));
  return code(kind === 'hook-changed' ? subject.replace(/^BTF_KFUNC_HOOK_/, '') : subject);
}

/** What it is, and what that means; of a new word, what the word means says both. */
function textOf({ event, text }: EventDifference): string {
  const { kind, subject, was, now } = event;
  const isNew = kind === 'flag-added' || kind === 'suffix-added';
  const meaning = isNew ? (flagWords(subject) ?? suffixWords(subject) ?? text) : text;
  const kept = kind === 'hook-changed' ? now.filter((type) => was.includes(type)) : [];
  const conditions = kind.startsWith('jit') ? [...was, ...now].filter((t) => t.includes('(')) : [];
  const parts = [
    ...(meaning === '' ? [] : [meaning]),
    ...conditions,
    ...(kept.length === 0 ? [] : [`as before, ${kept.map(programName).join(', ')}`]),
  ];
  return `${labels[kind]}${parts.length === 0 ? '' : `: ${parts.join('; ')}`}.`;
}
