/** Two prototypes one over the other, with what differs between them marked. */
import { diffArrays } from 'diff';
import { partsOf } from './kfunc/declaration.ts';
import { visible } from './text.ts';

/** A run of a line's text; `isMarked` where the other side has something else. */
export interface Mark {
  text: string;
  isMarked: boolean;
}

/** A line as `diff -u` shows it. */
export interface MarkedLine {
  sign: ' ' | '-' | '+';
  marks: Mark[];
}

/** The widest `int bpf_f(` after which parameters begin on the same line: a phone has forty columns. */
const widestHead = 18;

/**
 * A parameter a line, those that correspond one over the other:
 *
 *       int bpf_lamp_dim(struct lamp *lamp,
 *     -                  u32 level,
 *     +                  u64 level,
 *     +                  u64 flags)
 */
export function comparePrototypes(was: string, now: string): MarkedLine[] {
  const [old, next] = [partsOf(was), partsOf(now)];
  if (old === null || next === null) return over(was, now);
  const rows = align(old.params, next.params);
  const isTailSame = old.tail === next.tail;
  const ended = rows.map(([a, b], i): [string | null, string | null] => {
    const isLast = i === rows.length - 1;
    const end = (param: string | null, tail: string) =>
      param === null ? null : `${param}${isLast ? tail : ','}`;
    return [end(a, isTailSame ? old.tail : ')'), end(b, isTailSame ? next.tail : ')')];
  });
  const [first, ...others] = ended;
  const isJoined =
    old.head === next.head &&
    old.head.length <= widestHead &&
    typeof first?.[0] === 'string' &&
    typeof first[1] === 'string';
  const indent = ' '.repeat(isJoined ? old.head.length : 8);
  const top = isJoined
    ? over(`${old.head}${first[0]!}`, `${next.head}${first[1]!}`)
    : over(old.head, next.head);
  const below = isJoined ? others : ended;
  return [
    ...top,
    ...below.flatMap(([a, b]) =>
      over(a === null ? null : `${indent}${a}`, b === null ? null : `${indent}${b}`),
    ),
  ];
}

/** One line when both are the same; else the old one over the new one, null being a side without it. */
function over(was: string | null, now: string | null): MarkedLine[] {
  if (was === now) return [{ sign: ' ', marks: [{ text: visible(was ?? ''), isMarked: false }] }];
  const runs = was === null || now === null ? null : diffArrays(tokens(was), tokens(now));
  const side = (sign: '-' | '+', text: string | null): MarkedLine[] => {
    if (text === null) return [];
    if (runs === null) return [{ sign, marks: whole(text) }];
    const marks = runs
      .filter(({ added, removed }) => (sign === '-' ? !added : !removed))
      .map(({ value, added, removed }) => ({
        text: visible(value.join('')),
        isMarked: added || removed,
      }));
    return [{ sign, marks }];
  };
  return [...side('-', was), ...side('+', now)];
}

/** A line of which all is marked but its indent and what closes it. */
function whole(text: string): Mark[] {
  const [, indent = '', param = '', end = ''] = /^(\s*)(.*?)([,)]?)$/s.exec(text) ?? [];
  return [
    { text: indent, isMarked: false },
    { text: visible(param), isMarked: true },
    { text: end, isMarked: false },
  ].filter((mark) => mark.text !== '');
}

function tokens(text: string): string[] {
  return text.match(/\w+|\s+|[^\w\s]/g) ?? [];
}

type Row = [was: string | null, now: string | null];

/** Which parameter has become which: those of one name, then those that stand in the same place. */
function align(was: readonly string[], now: readonly string[]): Row[] {
  const rows: Row[] = [];
  const open: [string[], string[]] = [[], []];
  const settle = () => {
    const [old, next] = open;
    for (let i = 0; i < Math.max(old.length, next.length); i++) {
      rows.push([old[i] ?? null, next[i] ?? null]);
    }
    open[0] = [];
    open[1] = [];
  };
  let [i, j] = [0, 0];
  const runs = diffArrays([...was], [...now], { comparator: (a, b) => nameOf(a) === nameOf(b) });
  for (const { added, removed, count } of runs) {
    if (added) open[1].push(...now.slice(j, (j += count)));
    else if (removed) open[0].push(...was.slice(i, (i += count)));
    else {
      settle();
      const [old, next] = [was.slice(i, (i += count)), now.slice(j, (j += count))];
      rows.push(...old.map((param, n): Row => [param, next[n]!]));
    }
  }
  settle();
  return rows;
}

/** `u64 flags` -> `flags`; of a callback or an array, all of it. */
function nameOf(param: string): string {
  return /^[^()[\]]*?(\w+)$/.exec(param)?.[1] ?? param;
}
