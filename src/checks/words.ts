import type { KfuncSet } from '../data/schema/index.ts';

/** `a, b`; `none` when there are none. */
export function listed(items: Iterable<string>): string {
  const text = [...items].join(', ');
  return text === '' ? 'none' : text;
}

/** Whether both hold the same, whatever the order. */
export function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return (
    a.length === b.length &&
    a.every((item) => b.includes(item)) &&
    b.every((item) => a.includes(item))
  );
}

/** Whether both hold the same in the same order. */
export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** Items that stand there more than once. */
export function repeated(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, i) => items.indexOf(item) !== i))];
}

/** The order of the dataset's names: by UTF-16 code unit, the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first item that is not after the one before it; null when all are in order. */
export function outOfOrder(items: readonly string[]): string | null {
  return items.find((item, i) => i > 0 && byCodeUnit(items[i - 1]!, item) >= 0) ?? null;
}

/** Sets through which programs may call; attach points and destructors are not. */
export function callable(sets: readonly KfuncSet[]): KfuncSet[] {
  return sets.filter((set) => set.role === 'kfunc' || set.role === 'test');
}

/** Whether `text` holds `name` as a whole word. */
export function holdsWord(text: string, name: string): boolean {
  return text.split(/\W+/).includes(name);
}
