import type { DatasetCheck } from './check.ts';
import { outOfOrder } from './words.ts';

export const suffixesOfRelease: DatasetCheck = {
  name: 'suffixes-of-release',
  description: 'A release knows each suffix once, in order, and each begins with underscores.',
  *check(view) {
    for (const { id, suffixes } of view.dataset.releaseFiles) {
      for (const { literal, kind } of suffixes) {
        if (!(kind === 'type' ? /^___?[a-z]\w*$/ : /^__[a-z]\w*$/).test(literal)) {
          yield { subject: literal, release: id, message: `is no suffix of a ${kind}` };
        }
      }
      const wrong = outOfOrder(suffixes.map((s) => s.literal));
      if (wrong !== null) {
        yield { subject: wrong, release: id, message: 'stands twice or out of order' };
      }
    }
  },
};
