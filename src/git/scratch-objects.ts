import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './errors.ts';

/** A folder for objects that git makes for us: a repository under study is never written to. */
export interface ScratchObjects {
  /** What git needs in its environment to put objects here, and to find these and the repository's own. */
  env: Record<string, string>;
  remove(): void;
}

/** The folder goes with this process at the latest, unless that is killed by SIGKILL. */
export async function scratchObjects({ objectsDir }: Place): Promise<ScratchObjects> {
  const folder = await mkdtemp(join(tmpdir(), 'kfunc-atlas-'));
  const remove = () => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', remove);
  return {
    env: {
      GIT_OBJECT_DIRECTORY: folder,
      // A list, whose items may be quoted as in C: a path may hold the colon that separates them.
      GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(objectsDir),
    },
    remove,
  };
}
