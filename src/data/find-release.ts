import { UserError } from '../user-error.ts';
import type { Dataset } from './dataset.ts';
import type { ReleaseEntry } from './schema/index.ts';

/**
 * The release of a dataset that a user means: by id (`v6.12`), with the `v` or without, or by the tag that
 * stands for it.
 *
 * @throws UserError when there is none; `advice` is a sentence to end with
 */
export function findRelease(
  { releases }: Pick<Dataset, 'releases'>,
  wanted: string,
  advice = '',
): ReleaseEntry {
  const name = /^[0-9]/.test(wanted) ? `v${wanted}` : wanted;
  const found = releases.find(({ id }) => id === name) ?? releases.find(({ tag }) => tag === name);
  if (found !== undefined) return found;
  const ids = releases.map(({ id }) => id).join(', ');
  const end = advice === '' ? '' : ` ${advice}`;
  throw new UserError(
    `The dataset has no release ${JSON.stringify(wanted).slice(1, -1)}; it has ${ids}.${end}`,
  );
}
