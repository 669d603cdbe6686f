import type { KfuncRecord, State } from '../data/schema/index.ts';
import type { Atlas } from '../views/atlas.ts';
import type { EventStory, Story } from './stories.ts';

/** What a feed wants to hear of. */
export interface Topic {
  story: (story: Story) => boolean;
  event: (story: EventStory) => boolean;
}

/** kfuncs that gain a flag, lose it, come with it or go with it; and what happens to the flag itself. */
export function flagTopic(flag: string): Topic {
  const has = (state: State | null) => state?.flags.includes(flag) ?? false;
  return {
    story: ({ isTold, was, now }) => !isTold && has(was) !== has(now),
    event: ({ event }) => event.subject === flag,
  };
}

/** All that happens to kfuncs for which `is` holds before or after, and what the whole tree does to them. */
export function kfuncTopic(
  atlas: Atlas,
  is: (record: KfuncRecord, state: State) => boolean,
): Topic {
  return {
    story: ({ isTold, record, was, now }) =>
      !isTold && [was, now].some((state) => state !== null && is(record, state)),
    event: ({ release, event }) =>
      [...event.changed, ...event.stricter].some((name) => {
        const record = atlas.kfunc(name);
        const state = record === undefined ? undefined : atlas.stateAt(record, release.id);
        return record !== undefined && state !== undefined && is(record, state);
      }),
  };
}
