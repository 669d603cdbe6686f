import type { Cache } from '../data/cache/cache.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { ObjectReader } from '../git/objects.ts';
import { MAX_TEXT } from './blob-texts.ts';
import type { FileKind } from './file-kinds.ts';
import type { ScanPlan } from './scan-plan.ts';

/**
 * Reads the blobs of a plan, each as its kinds do, but for those that hold no word of any: these are passed
 * over. So is a blob too large to be a text, with a diagnostic.
 */
export async function scanBlobs(
  plan: ScanPlan,
  reader: Pick<ObjectReader, 'readAll' | 'readHolding'>,
  cache: Pick<Cache, 'flush'>,
  onProgress: (blobs: number) => void,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const { oids, paths, kinds } = plan;
  const reading = (places: readonly number[]) => ({
    maxBytes: MAX_TEXT,
    onBlob(n: number, body: Buffer) {
      onProgress(1);
      const index = places[n]!;
      for (const kind of kinds[index]!) kind.read(oids[index]!, paths[index]!, body);
    },
    onWithout(n: number) {
      onProgress(1);
      passOver(places[n]!);
    },
    onTooLarge(n: number, size: number) {
      diagnostics.push({
        code: 'too-large',
        severity: 'warning',
        release: null,
        path: paths[places[n]!]!,
        line: null,
        message: `The file has ${size} bytes and was not read.`,
      });
      passOver(places[n]!);
    },
  });
  const passOver = (index: number) => {
    for (const kind of kinds[index]!) kind.passOver(oids[index]!, paths[index]!);
  };
  const parts = partsOf(plan).map(({ words, places }) => {
    const list = places.map((index) => oids[index]!);
    // What has to be read is little: one child is enough beside those that search.
    return words === null
      ? reader.readAll(list, { ...reading(places), children: 1 })
      : reader.readHolding(list, { ...reading(places), words });
  });
  await Promise.all(parts);
  cache.flush();
  return diagnostics;
}

/** Places of a plan's blobs that are sought for the same words, or have to be read. */
interface Part {
  words: readonly string[] | null;
  places: number[];
}

function partsOf({ paths, kinds }: ScanPlan): Part[] {
  const parts = new Map<string, Part>();
  // Most files are of one kind, which has the same words for many.
  const known = new Map<readonly string[] | null, Part>();
  for (const [index, path] of paths.entries()) {
    const words = wordsOf(kinds[index]!, path);
    let part = known.get(words);
    if (part === undefined) {
      const key = JSON.stringify(words);
      part = parts.get(key) ?? { words, places: [] };
      parts.set(key, part);
      known.set(words, part);
    }
    part.places.push(index);
  }
  return [...parts.values()];
}

/** What any of some kinds seeks at a path; null where it has to be read. */
function wordsOf(kinds: readonly FileKind[], path: string): readonly string[] | null {
  if (kinds.length === 1) return kinds[0]!.words(path);
  const lists = kinds.map((kind) => kind.words(path));
  return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
}
