import type { DatasetCheck } from './check.ts';
import { compareVersions, versionOf } from '../data/schema/index.ts';
import { repeated } from './words.ts';

const FIRST_WITH_HOOKS = versionOf('v5.18')!;

export const hooksOfRelease: DatasetCheck = {
  name: 'hooks-of-release',
  description:
    'From 5.18 on a release has hooks, each once and with program types; a program type has one hook.',
  *check(view) {
    for (const { id, hooks } of view.dataset.releaseFiles) {
      const version = versionOf(view.entry(id)?.tag ?? id);
      if (
        version !== null &&
        compareVersions(version, FIRST_WITH_HOOKS) < 0 !== (hooks.length === 0)
      ) {
        yield { subject: 'hooks', release: id, message: `has ${hooks.length} of them` };
      }
      for (const hook of repeated(hooks.map((h) => h.hook))) {
        yield { subject: hook, release: id, message: 'is there twice' };
      }
      for (const type of repeated(hooks.flatMap((h) => h.programTypes))) {
        yield { subject: type, release: id, message: 'has two hooks' };
      }
      for (const { hook, programTypes } of hooks) {
        if (!/^BTF_KFUNC_HOOK_[A-Z0-9_]+$/.test(hook)) {
          yield { subject: hook, release: id, message: 'is no name of a hook' };
        }
        if (programTypes.length === 0) {
          yield { subject: hook, release: id, message: 'has no program type' };
        }
        for (const type of programTypes) {
          if (!/^BPF_PROG_TYPE_[A-Z0-9_]+$/.test(type)) {
            yield { subject: hook, release: id, message: `has ${type}, which is no program type` };
          }
        }
      }
    }
  },
};
