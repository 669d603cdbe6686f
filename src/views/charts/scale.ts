import { releasesBetween } from '../../data/versions.ts';

/** Of a drawing that has no size of its own: shares of its width or height, 0 to 100. */
export type Percent = number;

/** A line across a drawing, and its number. */
export interface Line {
  at: Percent;
  text: string;
}

/** A release that is named at the foot of a drawing. */
export interface Tick extends Line {
  is: 'current' | 'end' | 'between';
}

/** Where a release stands in a drawing: the middle of its column. */
export interface Column {
  id: string;
  middle: Percent;
}

export interface Columns {
  columns: Column[];
  /** Of what is drawn of one release; a little less than its share. */
  width: Percent;
}

/**
 * Releases side by side, oldest first. Each release that was not read keeps its place, empty: the steps
 * are as long as time was.
 */
export function columnsOf(ids: readonly string[]): Columns {
  const steps = ids.map((id, i) => (i === 0 ? 0 : (releasesBetween(ids[i - 1]!, id) ?? 0) + 1));
  const places: number[] = [];
  for (const step of steps) places.push((places.at(-1) ?? 0) + step);
  const share = 100 / ((places.at(-1) ?? 0) + 1);
  return {
    columns: ids.map((id, i) => ({ id, middle: round((places[i]! + 0.5) * share) })),
    width: round(share * 0.82),
  };
}

/** Shares of the width that two words at the foot keep between them. */
const apart = 20;

/** So few releases are all named. */
const few = 8;

/**
 * The release that is pointed out, the first and the last one, and those between that begin a series of
 * majors: each where it has room beside those before it in this order.
 */
export function footOf(columns: readonly Column[], current: string | null = null): Tick[] {
  const isMajor = ({ id }: Column) => columns.length <= few || /^v\d+\.0$/.test(id);
  const named = [
    ...columns.filter(({ id }) => id === current),
    ...columns.slice(0, 1),
    ...columns.slice(-1),
    ...columns.filter(isMajor),
  ];
  const ticks: Column[] = [];
  for (const column of named) {
    if (ticks.every((t) => Math.abs(t.middle - column.middle) >= apart)) ticks.push(column);
  }
  const ends = [columns[0]?.id, columns.at(-1)?.id];
  return ticks
    .sort((a, b) => a.middle - b.middle)
    .map(({ id, middle }) => ({
      at: middle,
      text: id,
      is: id === current ? 'current' : ends.includes(id) ? 'end' : 'between',
    }));
}

/** Round numbers up to `most`: two to four of them, without 0. */
export function stepsTo(most: number): number[] {
  if (most < 1) return [];
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.5, 1, 2, 5].map((n) => n * power).find((s) => s >= 1 && most / s < 5) ?? power;
  return Array.from({ length: Math.floor(most / step) }, (_, i) => (i + 1) * step);
}

/** Two digits are enough for a pixel, and the same on every machine. */
export function round(share: number): Percent {
  return Math.round(share * 100) / 100;
}
