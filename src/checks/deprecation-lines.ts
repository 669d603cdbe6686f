import type { Deprecation } from '../data/schema/index.ts';
import type { SourceCheck } from './check.ts';
import { disproved, type Claim } from './source-lines.ts';
import type { View } from './view.ts';
import { holdsWord } from './words.ts';

/** What the line looks like where a piece of evidence stands. */
function holdsEvidence(kind: Deprecation['kind'], name: string, line: string): boolean {
  if (kind === 'flag' || kind === 'wrapper') return holdsWord(line, name);
  if (kind === 'warning') return /\w\s*\(/.test(line);
  return /\/\*|^\s*\*|\/\//.test(line);
}

const EXPECTED: Readonly<Record<Deprecation['kind'], string>> = {
  flag: 'its name',
  wrapper: 'its name',
  warning: 'a call',
  comment: 'a comment',
  'kernel-doc': 'a comment',
};

function* claims(view: View): Generator<Claim> {
  for (const { record, release, file, state } of view.moments()) {
    const positions = Object.hasOwn(file.deprecations, record.name)
      ? file.deprecations[record.name]!
      : [];
    for (const [i, { kind }] of state.deprecation.entries()) {
      const position = positions[i];
      if (position === undefined) continue;
      const at = { subject: record.name, release: release.id, position, expected: EXPECTED[kind] };
      yield { ...at, holds: (line) => holdsEvidence(kind, record.name, line) };
    }
  }
}

export const deprecationLines: SourceCheck = {
  name: 'deprecation-lines',
  description:
    'Where words speak of the end of a kfunc there is a comment or a call that prints, where a flag or a wrapper does, its name.',
  checkSources: (view, sources) => disproved(claims(view), sources),
};
