import { describe, expect, test } from 'vitest';
import type { ReadAllOptions, ReadHoldingOptions } from '../git/objects.ts';
import type { FileKind } from './file-kinds.ts';
import { ScanPlanner } from './scan-plan.ts';
import { scanBlobs } from './scan.ts';
import { kind, listing } from './testing.ts';

describe('a scan', () => {
  /** Tells what a kind was given of each blob. */
  function noting(words: Record<string, readonly string[] | null>) {
    const told: string[] = [];
    const noted: FileKind = {
      ...kind(''),
      words: (path) => words[path] ?? null,
      read: (_blob, path, body) => told.push(`${path}: ${String(body)}`),
      passOver: (_blob, path) => told.push(`${path} is passed over`),
    };
    return { kind: noted, told };
  }

  /** A reader of the texts in a listing's order of numbers, which notes the words it was asked for. */
  function readerOf(texts: string[]) {
    const sought: (readonly string[])[] = [];
    const textOf = (blob: string) => texts[Number.parseInt(blob, 16)]!;
    const readAll = (oids: readonly string[], options: ReadAllOptions) => {
      for (const [i, blob] of oids.entries()) {
        const text = textOf(blob);
        if (text === 'large') options.onTooLarge?.(i, 99);
        else options.onBlob(i, Buffer.from(text));
      }
      return Promise.resolve();
    };
    const readHolding = (oids: readonly string[], options: ReadHoldingOptions) => {
      sought.push(options.words);
      for (const [i, blob] of oids.entries()) {
        const holds = options.words.some((word) => textOf(blob).includes(word));
        if (textOf(blob) === 'large') options.onTooLarge?.(i, 99);
        else if (holds) options.onBlob(i, Buffer.from(textOf(blob)));
        else options.onWithout(i);
      }
      return Promise.resolve();
    };
    return { sought, reader: { readAll, readHolding } };
  }

  async function scanned(words: Record<string, readonly string[] | null>, texts: string[]) {
    const { kind: noted, told } = noting(words);
    const planner = new ScanPlanner([noted]);
    await planner.add(listing(Object.fromEntries(Object.keys(words).map((path, n) => [path, n]))));
    const { sought, reader } = readerOf(texts);
    let count = 0;
    const cache = { flush: () => undefined };
    const diagnostics = await scanBlobs(planner.plan(), reader, cache, (n) => (count += n));
    return { told: told.sort(), sought, count, diagnostics };
  }

  test('reads what holds a word or has to be read, and passes over the rest', async () => {
    const words = { a: ['lamp'], b: ['lamp'], c: null, d: ['dark', 'lamp'] };
    expect(await scanned(words, ['a lamp', 'the dark', 'nothing', 'the dark'])).toEqual({
      told: ['a: a lamp', 'b is passed over', 'c: nothing', 'd: the dark'],
      sought: [['lamp'], ['dark', 'lamp']],
      count: 4,
      diagnostics: [],
    });
  });

  test('passes over what is too large, whether it was sought for words or not, and says so', async () => {
    const { told, diagnostics } = await scanned({ a: ['lamp'], b: null }, ['large', 'large']);
    expect(told).toEqual(['a is passed over', 'b is passed over']);
    expect(diagnostics.map(({ code, path }) => [code, path]).sort()).toEqual([
      ['too-large', 'a'],
      ['too-large', 'b'],
    ]);
  });

  test('reads a blob whole as soon as one of its kinds has no words', async () => {
    const [one, other] = [noting({ a: ['lamp'] }), noting({ a: null })];
    const planner = new ScanPlanner([one.kind, other.kind]);
    await planner.add(listing({ a: 0 }));
    const { reader } = readerOf(['nothing']);
    await scanBlobs(planner.plan(), reader, { flush: () => undefined }, () => undefined);
    expect([one.told, other.told]).toEqual([['a: nothing'], ['a: nothing']]);
  });
});
