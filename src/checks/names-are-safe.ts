import { caseClashes, isKfuncName, isReleaseId } from '../data/files.ts';
import type { DatasetCheck } from './check.ts';

export const namesAreSafe: DatasetCheck = {
  name: 'names-are-safe',
  description:
    'Names of kfuncs and releases can be files and addresses, also where `a` and `A` are one file.',
  *check(view) {
    for (const { name } of view.dataset.kfuncs) {
      if (!isKfuncName(name))
        yield { subject: name, release: null, message: 'is no name of a file' };
    }
    for (const { id } of view.dataset.releases) {
      if (!isReleaseId(id)) yield { subject: id, release: null, message: 'is no name of a file' };
    }
    for (const [first, ...others] of caseClashes(view.dataset.kfuncs)) {
      yield {
        subject: first!,
        release: null,
        message: `differs from ${others.join(', ')} only in capital letters`,
      };
    }
  },
};
