import { compareVersions, type ReleaseFile, versionOf } from '../data/schema/index.ts';
import type { DatasetCheck, Finding } from './check.ts';
import { repeated } from './words.ts';

/** What membership of a set amounts to in 5.18 and 5.19 (include/linux/btf.h, struct btf_kfunc_id_set). */
const DERIVED = ['KF_ACQUIRE', 'KF_RELEASE', 'KF_RET_NULL', 'KF_KPTR_GET'];

function* wellFormed({ id, flags }: ReleaseFile): Generator<Finding> {
  for (const name of repeated(flags.map((flag) => flag.name))) {
    yield { subject: name, release: id, message: 'is defined twice' };
  }
  const bits = flags.flatMap(({ bit }) => (bit === null ? [] : [bit]));
  for (const bit of repeated(bits.map(String))) {
    const names = flags.filter((flag) => String(flag.bit) === bit).map((flag) => flag.name);
    yield { subject: names.at(-1)!, release: id, message: `has bit ${bit}, as ${names[0]!} has` };
  }
  for (const [i, { name, bit }] of flags.entries()) {
    const before = flags[i - 1]?.bit;
    if (bit !== null && before != null && bit < before) {
      yield {
        subject: name,
        release: id,
        message: `has bit ${bit} and stands after bit ${before}`,
      };
    }
    if (!/^KF_[A-Z0-9_]+$/.test(name)) {
      yield { subject: name, release: id, message: 'is no name of a flag' };
    }
    if (bit !== null && bit > 63) {
      yield { subject: name, release: id, message: `has bit ${bit}, for which no word has room` };
    }
  }
  if (bits.length > 0 && bits.length < flags.length) {
    yield { subject: 'flags', release: id, message: 'have a bit in part: some are null' };
  }
}

export const flagsOfEra: DatasetCheck = {
  name: 'flags-of-era',
  description:
    'A release defines the flags of its era: none before 5.18, sets in 5.18 and 5.19, bits after; each bit once.',
  *check(view) {
    for (const file of view.dataset.releaseFiles) {
      yield* wellFormed(file);
      const { id, flags } = file;
      const version = versionOf(view.entry(id)?.tag ?? id);
      if (version === null) continue;
      const bits = flags.filter((flag) => flag.bit !== null);
      const sets = flags.filter((flag) => flag.bit === null);
      const is = (than: string) => compareVersions(version, versionOf(than)!) < 0;
      if (is('v5.18')) {
        for (const { name } of flags) {
          yield { subject: name, release: id, message: 'is a flag of a release that has none' };
        }
      } else if (is('v6.0-rc0')) {
        for (const { name } of [...bits, ...sets.filter((f) => !DERIVED.includes(f.name))]) {
          yield { subject: name, release: id, message: 'is no flag that a set can give' };
        }
        if (flags.length === 0) yield { subject: 'flags', release: id, message: 'are missing' };
      } else {
        for (const { name } of sets) yield { subject: name, release: id, message: 'has no bit' };
        if (flags.length === 0) yield { subject: 'flags', release: id, message: 'are missing' };
      }
    }
  },
};
