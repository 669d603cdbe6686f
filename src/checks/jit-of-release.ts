import type { DatasetCheck } from './check.ts';
import { repeated } from './words.ts';

export const jitOfRelease: DatasetCheck = {
  name: 'jit-of-release',
  description:
    'Each architecture whose JIT can call kfuncs is there once, with a file of its own; a release with kfuncs has some.',
  *check(view) {
    for (const { id, jit, definitions } of view.dataset.releaseFiles) {
      for (const arch of repeated(jit.map((j) => j.arch))) {
        yield { subject: arch, release: id, message: 'is there twice' };
      }
      for (const { arch, file } of jit) {
        if (!file.startsWith(`arch/${arch}/`)) {
          yield { subject: arch, release: id, message: `has its JIT in ${file}` };
        }
      }
      if (jit.length === 0 && Object.keys(definitions).length > 0) {
        yield {
          subject: 'jit',
          release: id,
          message: 'is of no architecture, yet there are kfuncs',
        };
      }
    }
  },
};
