import {
  type DifferenceChange,
  type Meaning,
  SEVERITIES,
  type Severity,
} from '../../diff/types.ts';
import { type Piece, list, say } from '../text.ts';

/** A word set before what is told, with the class of the style sheet that colours it. */
export interface Badge {
  text: string;
  word: 'removed' | 'deprecated';
}

const badges: Record<Severity, Badge | null> = {
  'breaks-load': { text: 'breaks', word: 'removed' },
  'may-break': { text: 'may break', word: 'deprecated' },
  compatible: null,
  documentation: null,
};

/** null for what breaks nothing. */
export function badgeOf(severity: Severity): Badge | null {
  return badges[severity];
}

/** What the changes of a kfunc mean, the gravest first, those left out that a tree-wide change tells. */
export function ownMeanings(changes: readonly DifferenceChange[]): Meaning[] {
  const meanings = changes.filter(({ event }) => event === null).flatMap((c) => c.meanings);
  return meanings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** `takes one more argument, flags; may return NULL` */
export function sentences(meanings: readonly Meaning[]): Piece[] {
  const texts = [...new Set(meanings.map(({ text }) => text).filter((text) => text !== ''))];
  return list(
    texts.map((text) => [say(text)]),
    '; ',
  );
}
