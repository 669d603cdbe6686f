import type { DatasetCheck } from './check.ts';
import { repeated } from './words.ts';

/**
 * Sets that only filters or the verifier look in count for nothing, so a set in the dataset is there
 * since something registers it: for program types, as attach points, or as destructors.
 */
export const setsAreRegistered: DatasetCheck = {
  name: 'sets-are-registered',
  description:
    'Every kfunc is in a set; sets that programs call through are registered, attach points and destructors are not.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const at = { subject: record.name, release: state.from };
      if (state.sets.length === 0) yield { ...at, message: 'is in no set' };
      for (const set of state.sets) {
        const calls = set.role === 'kfunc' || set.role === 'test';
        if (calls && set.registrations.length === 0) {
          yield { ...at, message: `is in ${set.name} of ${set.file}, which nothing registers` };
        }
        if (!calls && set.registrations.length > 0) {
          yield {
            ...at,
            message: `is in ${set.name} of ${set.file}, registered for programs in the role ${set.role}`,
          };
        }
        const twice = repeated(
          set.registrations.map((r) => `${r.programType} ${r.filter ?? ''} ${r.condition ?? ''}`),
        );
        for (const registration of twice) {
          yield {
            ...at,
            message: `is in ${set.name}, registered twice for ${registration.trim()}`,
          };
        }
      }
    }
  },
};
