import { fileError } from '../file-errors.ts';

/** How a cache fares: it may fail, and the run goes on without it. */
export interface CacheHealth {
  /** Entries that were cut, changed or not of this program; they were ignored. */
  damaged: number;
  /** Why nothing more is kept, as a sentence; null while all is well. */
  unwritable: string | null;
  /** Takes an error of the file system for the end of writing; any other is thrown on. */
  gaveUp(error: unknown): void;
}

export function newHealth(dir: string): CacheHealth {
  return {
    damaged: 0,
    unwritable: null,
    gaveUp(error) {
      const told = fileError(error, `write to the cache in ${dir}`, 'The run goes on without it.');
      if (told === error || !(told instanceof Error)) throw error;
      this.unwritable = told.message;
    },
  };
}
