import type { Cache } from '../data/cache/cache.ts';
import type { ObjectReader } from '../git/objects.ts';
import { MAX_TEXT } from './blob-texts.ts';
import type { FileKind } from './file-kinds.ts';
import { KeptByBlob } from './kept-by-blob.ts';

/** Words that are looked for together. */
interface Search {
  words: readonly string[];
  /** Which of them a blob holds. */
  held: KeptByBlob<readonly string[]>;
  /** What is being read for it: who asks for the same meanwhile waits, rather than read it too. */
  reading: Promise<void>;
}

/** A search through the files whose paths begin and end so: `net/`, `.c`. What is kept of it for the next run. */
interface Note {
  words: readonly string[];
  folder: string;
  ending: string;
}

const NOTES = 'searches';

/** A search through fewer files is not worth looking at all new ones for. */
const MANY = 8;

/**
 * Searches for words through parts of a tree, what was found being kept by blob. What an earlier run
 * searched for, this one will too: as a kind of file, it looks for that in each new blob while all of
 * them are read, rather than reading hundreds of them once more.
 */
export class Searches implements FileKind {
  private readonly reader: Pick<ObjectReader, 'readHolding'>;
  private readonly cache: Pick<Cache, 'stamp' | 'putStamp'>;
  private readonly known = new Map<string, Search>();
  /** What an earlier run searched for. */
  private readonly sought: readonly (Note & Search)[];
  /** Where it did. */
  private readonly places: RegExp;
  /** What the release that is being read was searched for. */
  private current = new Map<string, Note>();

  constructor(reader: Pick<ObjectReader, 'readHolding'>, cache: Pick<Cache, 'stamp' | 'putStamp'>) {
    this.reader = reader;
    this.cache = cache;
    const notes = (cache.stamp(NOTES) ?? []) as Note[];
    this.sought = notes.map((note) => ({ ...note, ...this.searchFor(note.words) }));
    // One test for each path of a tree: a closure for each would be garbage for each.
    const plain = (text: string) => text.replace(/\W/g, '\\$&');
    const places = notes.map(({ folder, ending }) => `^${plain(folder)}.*${plain(ending)}$`);
    this.places = places.length === 0 ? /(?!)/ : new RegExp(places.join('|'), 's');
  }

  holds(path: string): boolean {
    return this.places.test(path);
  }

  isRead(oid: string, path: string): boolean {
    return this.soughtAt(path).every(({ held }) => held.get(oid) !== undefined);
  }

  words(path: string): readonly string[] {
    return this.soughtAt(path).flatMap(({ words }) => words);
  }

  read(oid: string, path: string, body: Buffer): void {
    for (const search of this.soughtAt(path)) look(search, oid, body);
  }

  passOver(oid: string, path: string): void {
    for (const { held } of this.soughtAt(path)) held.set(oid, []);
  }

  /** Begins with a release: what the next run will search for is what the newest was searched for. */
  begin(): void {
    this.current = new Map();
  }

  /** Which of `words` each file holds, by path; a file that holds none is left out. `files`: blobs by path. */
  async find(
    files: ReadonlyMap<string, string>,
    words: readonly string[],
  ): Promise<Map<string, readonly string[]>> {
    const search = this.searchFor(words);
    if (files.size > MANY) {
      const note = { words, ...commonTo([...files.keys()]) };
      this.current.set(JSON.stringify(note), note);
    }
    const before = search.reading.catch(() => undefined);
    await (search.reading = before.then(() => this.readFor(search, files.values())));
    const found = new Map<string, readonly string[]>();
    for (const [path, oid] of files) {
      const held = search.held.get(oid);
      if (held !== undefined && held.length > 0) found.set(path, held);
    }
    return found;
  }

  private async readFor(search: Search, oids: Iterable<string>): Promise<void> {
    const unread = [...new Set(oids)].filter((oid) => search.held.get(oid) === undefined);
    await this.reader.readHolding(unread, {
      maxBytes: MAX_TEXT,
      words: search.words,
      onBlob: (index, body) => {
        look(search, unread[index]!, body);
      },
      onWithout: (index) => {
        search.held.set(unread[index]!, []);
      },
    });
  }

  /** Keeps what was found, and what was looked for, for later runs. */
  save(): void {
    for (const { held } of this.known.values()) held.save();
    this.cache.putStamp(NOTES, [...this.current.values()]);
  }

  private soughtAt(path: string): readonly Search[] {
    return this.sought.filter((note) => isWithin(path, note));
  }

  private searchFor(words: readonly string[]): Search {
    const name = `search for ${words.join(' ')}`;
    let search = this.known.get(name);
    if (search === undefined) {
      const held = new KeptByBlob<readonly string[]>(this.cache, name);
      this.known.set(name, (search = { words, held, reading: Promise.resolve() }));
    }
    return search;
  }
}

function look({ words, held }: Search, oid: string, body: Buffer): void {
  held.set(
    oid,
    words.filter((word) => body.includes(word)),
  );
}

function isWithin(path: string, { folder, ending }: Note): boolean {
  return path.startsWith(folder) && path.endsWith(ending);
}

/** The folder and the ending that all of some paths have; `''` where they have none in common. */
function commonTo(paths: readonly string[]): Pick<Note, 'folder' | 'ending'> {
  let folder = paths[0] ?? '';
  let ending = folder.slice(folder.lastIndexOf('.'));
  for (const path of paths) {
    while (!path.startsWith(folder)) folder = folder.slice(0, -1);
    if (!path.endsWith(ending)) ending = '';
  }
  return { folder: folder.slice(0, folder.lastIndexOf('/') + 1), ending };
}
