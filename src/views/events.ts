import type { EventDifference } from '../diff/types.ts';
import type { TreeEvent } from '../data/schema/index.ts';
import type { Atlas } from './atlas.ts';
import { kfuncName } from './change.ts';
import { programName } from './programs.ts';
import { type Badge, badgeOf } from './severity.ts';
import { type Piece, code, list, say } from './text.ts';
import { flagWords, suffixWords } from './words.ts';

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

const words: Record<TreeEvent['kind'], string> = {
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
  const { event, severity, text } = difference;
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
  const meaning = text === '' ? '' : ` ${text[0]!.toUpperCase()}${text.slice(1)}.`;
  return {
    subject: eventSubject(atlas, event),
    badge: badgeOf(severity),
    words: say(`${textOf(event)}${meaning}`).text,
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

function textOf({ kind, subject, was, now }: TreeEvent): string {
  if (kind === 'hook-changed') return `${words[kind]}: ${gainedAndLost(was, now)}.`;
  const meaning =
    kind === 'trusted-by-default' ? null : (flagWords(subject) ?? suffixWords(subject));
  if (meaning !== null) return `${words[kind]}: ${meaning}.`;
  const texts = kind.startsWith('jit') ? [...was, ...now].filter((t) => t.includes('(')) : [];
  return texts.length === 0 ? `${words[kind]}.` : `${words[kind]}: ${texts.join(', ')}.`;
}

/** `Tracing gained LSM`, of program types of a hook: what came, what went, what was there. */
function gainedAndLost(was: readonly string[], now: readonly string[]): string {
  const names = (types: readonly string[]) => types.map(programName).join(', ');
  const gained = now.filter((type) => !was.includes(type));
  const lost = was.filter((type) => !now.includes(type));
  const kept = now.filter((type) => was.includes(type));
  const parts = [
    ...(gained.length > 0 ? [`${names(gained)} joined`] : []),
    ...(lost.length > 0 ? [`${names(lost)} left`] : []),
    ...(kept.length > 0
      ? [`${names(kept)} ${kept.length === 1 ? 'was' : 'were'} there before`]
      : []),
  ];
  return parts.join('; ') || 'none';
}
