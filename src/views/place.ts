import type { Position } from '../data/schema/index.ts';
import type { Atlas } from './atlas.ts';
import { type Piece, code } from './text.ts';

/** Where a kfunc is at home in a release: its definition, or else its first entry. */
export function homeHref(atlas: Atlas, name: string, release: string): string | null {
  const file = atlas.file(release);
  const at: Position | undefined = own(file.definitions, name)?.[0] ?? own(file.entries, name)?.[0];
  return at === undefined ? null : atlas.source(release, at.file, at.line);
}

/** A record's own key; names of kfuncs can be `constructor` or `toString`. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** `kernel/bpf/helpers.c:2301`, linked to that line of that release. */
export function place(atlas: Atlas, release: string, file: string, line: number | null): Piece {
  return code(line === null ? file : `${file}:${line}`, atlas.source(release, file, line));
}
