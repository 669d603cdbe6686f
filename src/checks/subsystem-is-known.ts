import type { DatasetCheck } from './check.ts';

/** MAINTAINERS ends with THE REST, which has every file: the most specific entry is another one. */
export const subsystemIsKnown: DatasetCheck = {
  name: 'subsystem-is-known',
  description:
    'Every kfunc is of a subsystem of MAINTAINERS, on one line, and of more than the rest.',
  *check(view) {
    for (const { name, subsystem } of view.dataset.kfuncs) {
      const odd =
        subsystem === null || subsystem === 'THE REST' || /^\s*$|[\p{Cc}\p{Cf}]/u.test(subsystem);
      if (odd) {
        yield {
          subject: name,
          release: null,
          message: `has the subsystem ${JSON.stringify(subsystem)}`,
        };
      }
    }
  },
};
