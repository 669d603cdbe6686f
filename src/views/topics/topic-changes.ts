import type { KfuncRecord, State } from '../../data/schema/index.ts';
import { type Atlas, mainline } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { type Piece, list, say } from '../text.ts';

/** What a release changed about which kfuncs have a flag, a suffix or a program type. */
export interface TopicChange {
  release: Piece;
  /** `compared with v6.1`; null for the first release that was read. */
  after: string | null;
  /** kfuncs that have it in the release. */
  count: number;
  groups: { title: string; names: Piece[]; isLong: boolean }[];
}

const namesShown = 12;

/**
 * How the kfuncs for which `has` holds changed from one release of mainline to the next that was read,
 * newest first; releases that changed nothing are left out.
 */
export function topicChanges(atlas: Atlas, has: (state: State) => boolean): TopicChange[] {
  const { kfuncs } = atlas.dataset;
  const ever = kfuncs.filter((k) => k.lines.some((l) => l.states.some(has)));
  const states = (id: string) => new Map(ever.map((k) => [k, atlas.stateAt(k, id)]));
  const rows: TopicChange[] = [];
  let before: { id: string; states: Map<KfuncRecord, State | undefined> } | null = null;
  for (const { id } of atlas.line(mainline)) {
    const here = states(id);
    const was = (k: KfuncRecord) => before?.states.get(k);
    const hasNow = (k: KfuncRecord) => here.get(k) !== undefined && has(here.get(k)!);
    const had = (k: KfuncRecord) => was(k) !== undefined && has(was(k)!);
    const came = ever.filter((k) => hasNow(k) && !had(k));
    const went = ever.filter((k) => had(k) && !hasNow(k));
    const group = (title: string, records: KfuncRecord[], release: string) =>
      records.length === 0
        ? []
        : [
            {
              title: `${title} (${records.length.toLocaleString('en-US')})`,
              names: list(records.map((k) => [kfuncName(atlas, k.name, release)])),
              isLong: records.length > namesShown,
            },
          ];
    if (came.length + went.length > 0) {
      rows.push({
        release: say(id, atlas.to.release(id)),
        after: before === null ? null : `compared with ${before.id}`,
        count: ever.filter(hasNow).length,
        groups: [
          ...group(
            before === null ? 'Have it' : 'Came with it',
            came.filter((k) => was(k) === undefined),
            id,
          ),
          ...group(
            'Gained it',
            came.filter((k) => was(k) !== undefined),
            id,
          ),
          ...group(
            'Lost it',
            went.filter((k) => here.get(k) !== undefined),
            id,
          ),
          ...group(
            'Gone themselves',
            went.filter((k) => here.get(k) === undefined),
            before?.id ?? id,
          ),
        ],
      });
    }
    before = { id, states: here };
  }
  return rows.reverse();
}
