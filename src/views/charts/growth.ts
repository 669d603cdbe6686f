import { type Atlas, mainline } from '../atlas.ts';
import { hereIn } from '../releases/release.ts';
import { type Piece, count, say } from '../text.ts';
import { type Percent, type Line, type Tick, columnsOf, footOf, round, stepsTo } from './scale.ts';

/** How many kfuncs each release has, by subsystem: columns of bands, one over the other. */
export interface Growth {
  columns: { href: string; title: string; bars: Bar[] }[];
  width: Percent;
  /** From the top of the last column down, each with the place of its name beside the drawing. */
  bands: { band: number; name: string; size: number; from: Percent; to: Percent }[];
  lines: Line[];
  foot: Tick[];
  table: { names: string[]; rows: { release: Piece; total: number; sizes: number[] }[] };
}

export interface Bar {
  band: number;
  x: Percent;
  y: Percent;
  height: Percent;
}

/** Subsystems with a band of their own; the others share one. */
const most = 5;
const others = 'all others';

/** Room above the highest column, as a share of it. */
const headroom = 1.06;

/** Of what programs may call: selftests’ kfuncs, attach points and destructors are not counted. */
export function growthOf(atlas: Atlas): Growth | null {
  const releases = atlas.line(mainline);
  const sizes = releases.map(({ id }) => sizesOf(atlas, id));
  const largest = Math.max(0, ...sizes.map(sum));
  if (releases.length < 2 || largest === 0) return null;
  const names = namesOf(sizes);
  const { columns, width } = columnsOf(releases.map((r) => r.id));
  const share = (n: number) => (n / (largest * headroom)) * 100;
  const stacks = sizes.map((of) => names.map((name) => sizeOf(of, name, names)));
  return {
    columns: columns.map(({ id, middle }, i) => ({
      href: atlas.to.release(id),
      title: `${id}: ${count(sum(sizes[i]!), 'kfunc')}`,
      bars: barsOf(stacks[i]!, share).map((bar) => ({ ...bar, x: round(middle - width / 2) })),
    })),
    width,
    bands: bandsOf(names, stacks.at(-1)!, share),
    lines: stepsTo(largest).map((n) => ({ at: round(100 - share(n)), text: String(n) })),
    foot: footOf(columns),
    table: {
      names,
      rows: releases.toReversed().map(({ id }, i) => {
        const stack = stacks.at(-1 - i)!;
        const total = stack.reduce((a, b) => a + b, 0);
        return { release: say(id, atlas.to.release(id)), total, sizes: stack };
      }),
    },
  };
}

function sizesOf(atlas: Atlas, release: string): Map<string, number> {
  const callable = hereIn(atlas, release).filter(
    ({ state: { roles } }) => roles.includes('kfunc') && !roles.includes('test'),
  );
  const groups = Map.groupBy(callable, ({ record }) => shortName(record.subsystem));
  return new Map([...groups].map(([name, those]) => [name, those.length]));
}

function sum(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((a, b) => a + b, 0);
}

/** `BPF [GENERAL] (Safe Dynamic Programs and Tools)` without what explains it. */
export function shortName(subsystem: string | null): string {
  const name = (subsystem ?? '').replace(/\s*\([^)]*\)\s*$/, '');
  return name === '' ? 'no subsystem' : say(name).text;
}

/** Those that are largest in the newest release, the largest first, and the rest as one. */
function namesOf(sizes: readonly ReadonlyMap<string, number>[]): string[] {
  const all = [...new Set(sizes.flatMap((s) => [...s.keys()]))];
  const newest = sizes.at(-1)!;
  const order = all.sort((a, b) => (newest.get(b) ?? 0) - (newest.get(a) ?? 0) || (a < b ? -1 : 1));
  return order.length > most + 1 ? [...order.slice(0, most), others] : order;
}

function sizeOf(of: ReadonlyMap<string, number>, name: string, names: readonly string[]): number {
  if (name !== others) return of.get(name) ?? 0;
  return [...of].filter(([key]) => !names.includes(key)).reduce((total, [, n]) => total + n, 0);
}

/** From the foot up, the largest first. */
function barsOf(stack: readonly number[], share: (n: number) => number): Omit<Bar, 'x'>[] {
  let below = 0;
  return stack.flatMap((n, band) => {
    below += n;
    return n === 0 ? [] : [{ band, y: round(100 - share(below)), height: round(share(n)) }];
  });
}

/** Names in rows of one height beside the drawing, each led to from the middle of its band. */
function bandsOf(
  names: readonly string[],
  stack: readonly number[],
  share: (n: number) => number,
): Growth['bands'] {
  const bars = barsOf(stack, share).toReversed();
  return bars.map(({ band, y, height }, row) => ({
    band,
    name: names[band]!,
    size: stack[band]!,
    from: round(y + height / 2),
    to: round(((row + 0.5) / bars.length) * 100),
  }));
}
