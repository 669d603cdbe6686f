import type { Place } from '../../src/git/errors.ts';
import { hardenedArgs, hardenedEnv } from '../../src/git/hardening.ts';
import { measure, type Measurement } from './measure.ts';

export const WORDS = ['BTF_ID_FLAGS', 'BTF_SET8_START', 'BTF_KFUNCS_START'];

/**
 * What a careful person would do today, once for each commit: `git grep -l -F -e BTF_ID_FLAGS -e
 * BTF_SET8_START -e BTF_KFUNCS_START <commit> -- '*.c' '*.h'`, summed.
 */
export async function gitGrep(place: Place, commits: readonly string[]): Promise<Measurement> {
  const sum = { wall: 0, cpu: 0, anonymous: 0 };
  for (const commit of commits) {
    const words = WORDS.flatMap((word) => ['-e', word]);
    const { wall, cpu } = await measure({
      file: 'git',
      args: [...hardenedArgs(), 'grep', '-l', '-F', ...words, commit, '--', '*.c', '*.h'],
      env: hardenedEnv(place.gitDir),
      // 1: no file holds a word, as in releases before kfuncs.
      fine: [0, 1],
    });
    sum.wall += wall;
    sum.cpu += cpu;
  }
  return sum;
}
