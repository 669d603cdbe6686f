import type { Deprecation, KfuncRecord, State } from '../../data/schema/index.ts';
import { hasCome } from '../../data/versions.ts';
import { type Atlas, mainline } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { own, place } from '../place.ts';
import { type Piece, say } from '../text.ts';

/** What says so, before and after the place where it stands. */
const sources: Record<Deprecation['kind'], [before: string, after: string]> = {
  flag: ['A flag in ', ' says so'],
  'kernel-doc': ['Its kernel-doc in ', ' says so'],
  comment: ['A comment in ', ' says so'],
  warning: ['A warning that it prints in ', ' says so'],
  wrapper: ['Its body in ', ' only calls another kfunc'],
};

/** Each piece of evidence: whose words, what was promised, and what became of it. */
export function deprecationItems(
  atlas: Atlas,
  record: KfuncRecord,
  release: string,
  state: State,
): Piece[][] {
  const positions = own(atlas.file(release).deprecations, record.name) ?? [];
  return state.deprecation.map((d, i) => {
    const at = positions[i]?.file === d.file ? positions[i].line : null;
    const words = d.hash === null ? undefined : atlas.dataset.prose?.get(d.hash);
    const [before, after] = sources[d.kind];
    return [
      say(before),
      place(atlas, release, d.file, at),
      say(words === undefined ? `${after}. ` : `: “${words}” `),
      ...(d.instead === null ? [] : [say('Instead: '), kfuncName(atlas, d.instead), say('. ')]),
      ...(d.promised === null ? [] : [say(promise(atlas, record, d.promised))]),
    ];
  });
}

/** Whether evidence amounts to deprecation; a plain wrapper is a convenience. */
export function isDeprecated(state: State): boolean {
  return state.deprecation.some((d) => d.kind !== 'wrapper');
}

/** `Removal was promised for v7.1; still there in v7.3.` */
function promise(atlas: Atlas, record: KfuncRecord, promised: string): string {
  const said = `Removal was promised for ${promised}`;
  const { newest } = atlas;
  const spans = record.lines.find((l) => l.id === mainline)?.spans;
  const goneIn = spans?.at(-1)?.goneIn ?? null;
  if (goneIn !== null) return `${said}; gone in ${goneIn}.`;
  if (newest === undefined || hasCome(promised, newest.id) !== true) return `${said}.`;
  return `${said}; still there in ${newest.id}.`;
}
