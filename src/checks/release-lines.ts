import type { SourceCheck } from './check.ts';
import { disproved, type Claim } from './source-lines.ts';
import type { View } from './view.ts';
import { holdsWord } from './words.ts';

/** The set by which 5.18 and 5.19 give a flag (include/linux/btf.h, struct btf_kfunc_id_set). */
const SET_OF: Readonly<Record<string, string>> = {
  KF_ACQUIRE: 'acquire_set',
  KF_RELEASE: 'release_set',
  KF_RET_NULL: 'ret_null_set',
  KF_KPTR_GET: 'kptr_acquire_set',
};

function* claims(view: View): Generator<Claim> {
  for (const { id: release, flags, suffixes, filters, jit } of view.dataset.releaseFiles) {
    for (const { name, bit, ...position } of flags) {
      const holds = (line: string) =>
        bit === null
          ? holdsWord(line, SET_OF[name] ?? name)
          : new RegExp(`^\\s*#\\s*define\\s+${name}\\b`).test(line);
      yield { subject: name, release, position, expected: 'its definition', holds };
    }
    for (const { literal, ...position } of suffixes) {
      const holds = (line: string) => line.includes(`"${literal}"`);
      yield { subject: literal, release, position, expected: 'its literal', holds };
    }
    for (const [name, position] of Object.entries(filters)) {
      const holds = (line: string) => holdsWord(line, name);
      yield { subject: name, release, position, expected: 'its name', holds };
    }
    for (const { arch, ...position } of jit) {
      const name = 'bpf_jit_supports_kfunc_call';
      const holds = (line: string) => holdsWord(line, name);
      yield { subject: arch, release, position, expected: name, holds };
    }
  }
}

export const releaseLines: SourceCheck = {
  name: 'release-lines',
  description:
    'The line of every flag, suffix, filter and JIT of a release holds what defines or names it.',
  checkSources: (view, sources) => disproved(claims(view), sources),
};
