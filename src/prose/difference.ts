import { diffArrays } from 'diff';
import type { Element, ElementContent } from 'hast';
import { element, text } from './elements.ts';
import { toHtml } from './render.ts';
import { wordsOf, type ProseText, type Word } from './words.ts';

/** A word of either text, or of both. */
interface Told extends Word {
  in: 'both' | 'was' | 'now';
}

/** Texts that differ in more words than this are shown one after the other. */
const mostEdits = 3000;
/** Words in both texts between two changes, up to this many, belong to the change: `old b` -> `new b c`. */
const shortest = 2;
/** How many words on either side of a change are shown, and so many more to begin or end a block. */
const around = 12;
const toBlock = 8;

/** All words in order; of a change, those that went before those that came. */
function compare(was: readonly Word[], now: readonly Word[]): Told[] {
  const comparator = (a: Word, b: Word) => a.text === b.text;
  const parts = diffArrays([...was], [...now], { comparator, maxEditLength: mostEdits }) ?? [
    { value: [...was], removed: true, added: false },
    { value: [...now], removed: false, added: true },
  ];
  const told: Told[] = [];
  let [gone, come]: [Word[], Word[]] = [[], []];
  const flush = () => {
    const isInOne = [gone, come].every((words) => words.slice(1).every((w) => w.before !== '\n'));
    told.push(...gone.map((w): Told => ({ ...w, in: 'was' })));
    // A block that begins with other words is one block still.
    told.push(
      ...come.map((w, i): Told => {
        const isSame = i === 0 && isInOne && gone[0]?.before === '\n' && w.before === '\n';
        return { ...w, before: isSame ? ' ' : w.before, in: 'now' };
      }),
    );
    [gone, come] = [[], []];
  };
  parts.forEach(({ value, removed, added }, i) => {
    if (removed) gone.push(...value);
    else if (added) come.push(...value);
    else if (gone.length + come.length > 0 && i < parts.length - 1 && isGlue(value)) {
      gone.push(...value);
      come.push(...value);
    } else {
      flush();
      told.push(...value.map((w): Told => ({ ...w, in: 'both' })));
    }
  });
  flush();
  return told;
}

function isGlue(words: readonly Word[]): boolean {
  return words.length <= shortest && words.every((w) => w.before !== '\n');
}

/**
 * Whether each word is near enough to a change to be shown: a block to its beginning or end where that is
 * not far, and no punctuation without the word that it follows.
 */
function shownOf(told: readonly Told[]): boolean[] {
  const shown = told.map(() => false);
  told.forEach((word, i) => {
    if (word.in === 'both') return;
    shown.fill(true, Math.max(0, i - around), Math.min(told.length, i + around + 1));
  });
  const isFirst = (i: number) => i === 0 || told[i]?.before === '\n';
  const isLast = (i: number) => i === told.length - 1 || told[i + 1]?.before === '\n';
  told.forEach((_, i) => {
    if (shown[i] !== true || (i > 0 && shown[i - 1] === true)) return;
    let from = i;
    while (from > 0 && i - from < toBlock && !isFirst(from)) from--;
    if (isFirst(from)) shown.fill(true, from, i);
    else
      for (let at = i; told[at]?.before === '' && told[at]?.in === 'both'; at++) shown[at] = false;
  });
  for (let i = told.length - 2; i >= 0; i--) {
    if (shown[i] !== true || shown[i + 1] === true) continue;
    let to = i;
    while (to - i < toBlock && !isLast(to)) to++;
    if (!isLast(to)) for (to = i; told[to + 1]?.before === '';) to++;
    shown.fill(true, i, to + 1);
  }
  return shown;
}

const tags = { was: 'del', now: 'ins' } as const;

/** Words of one block, each run of one kind in its element; the space before a run stands outside of it. */
function blockElement(block: readonly (Told | null)[]): Element {
  const children: ElementContent[] = [];
  const tell = (kind: Told['in'], words: string) => {
    if (words === '') return;
    children.push(kind === 'both' ? text(words) : element(tags[kind], {}, [text(words)]));
  };
  let [kind, words]: [Told['in'], string] = ['both', ''];
  block.forEach((word, i) => {
    const space = i === 0 || word?.before === '' ? '' : ' ';
    const next = word?.in ?? 'both';
    if (next === kind) words += space;
    else {
      tell(kind, kind === 'both' ? words + space : words);
      if (kind !== 'both' && next !== 'both') tell('both', space);
      words = kind !== 'both' && next === 'both' ? space : '';
      kind = next;
    }
    words += word?.text ?? '…';
  });
  tell(kind, words);
  return element('p', {}, children);
}

/**
 * Blocks of words; null stands for words that are left out within a block, or for blocks that are left
 * out between two.
 */
function blocksOf(told: readonly Told[]): (Told | null)[][] {
  const shown = shownOf(told);
  const all: { word: Told; isShown: boolean }[][] = [];
  told.forEach((word, i) => {
    if (word.before === '\n' || all.length === 0) all.push([]);
    all.at(-1)!.push({ word, isShown: shown[i]! });
  });
  const blocks: (Told | null)[][] = [];
  for (const block of all) {
    const words: (Told | null)[] = block.map(({ word, isShown }) => (isShown ? word : null));
    const isGap = words.every((word) => word === null);
    const before = blocks.at(-1);
    if (isGap && (before === undefined || before.at(-1) === null)) continue;
    // `…` alone, and a block that begins so: one says it.
    if (words[0] === null && before?.length === 1 && before[0] === null) blocks.pop();
    blocks.push(words.filter((word, i) => word !== null || i === 0 || words[i - 1] !== null));
  }
  if (blocks.at(-1)?.[0] === null && blocks.at(-1)?.length === 1) blocks.pop();
  return blocks;
}

/**
 * What changed from one version of a comment to another, word by word, as HTML: `<del>` and `<ins>` with
 * some words around them, a paragraph for each block. null where no word differs: wrapping and white
 * space are no change.
 */
export function renderDifference(was: ProseText, now: ProseText): string | null {
  const told = compare(wordsOf(was), wordsOf(now));
  if (told.every((word) => word.in === 'both')) return null;
  const blocks = blocksOf(told).map(blockElement);
  return toHtml({ type: 'root', children: [element('div', { className: ['words'] }, blocks)] });
}
