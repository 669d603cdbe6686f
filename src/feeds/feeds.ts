import type { KfuncRecord } from '../data/schema/index.ts';
import { permanent } from '../text/address.ts';
import { twin } from '../views/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { everyProgram, programName } from '../views/programs.ts';
import { say } from '../views/text.ts';
import type { Feed } from './atom.ts';
import type { Entry } from './entry.ts';
import { idOf } from './ids.ts';
import { kfuncEntry } from './kfunc-entry.ts';
import { eventEntry, releaseEntry } from './release-entry.ts';
import { type Chapter, chaptersOf, type EventStory, type Story } from './stories.ts';
import { subsystemFeedPath, subsystemSlug } from '../views/topics/subsystems.ts';
import { flagTopic, kfuncTopic, type Topic } from './topics.ts';

/** Every feed of a site. What they share is made once. */
export interface Feeds {
  everything: () => Feed;
  kfunc: (record: KfuncRecord) => Feed;
  /** These two take what has a page. */
  flag: (name: string) => Feed;
  program: (type: string) => Feed;
  subsystem: (subsystem: { slug: string; name: string }) => Feed;
}

/** A topic's feed goes back until it has so many entries; no release is told by halves. */
const ENTRIES = 60;

/** Title and subtitle. */
type Words = [title: string, subtitle: string];

export function feedsOf(atlas: Atlas): Feeds {
  const { to } = atlas;
  const chapters = chaptersOf(atlas);
  const since = chapters.at(-1)?.release.date ?? '';
  const ofStory = remembered((story: Story) => kfuncEntry(atlas, story));
  const ofEvent = remembered((story: EventStory) => eventEntry(atlas, story));
  const byKfunc = entriesByKfunc(chapters, ofStory, ofEvent);

  function feed(path: string, page: string, words: Words, entries: Entry[]): Feed {
    const [title, subtitle] = words.map((text) => say(text).text) as Words;
    const id = idOf(path.slice(to.home.length));
    const [self, whole] = [permanent(atlas, path), permanent(atlas, page)];
    return { id, title, subtitle, self, page: whole, since, entries };
  }

  function entriesOf(topic: Topic): Entry[] {
    const entries: Entry[] = [];
    for (const { events, stories } of chapters) {
      if (entries.length >= ENTRIES) break;
      entries.push(...events.filter(topic.event).map(ofEvent));
      entries.push(...stories.filter(topic.story).map(ofStory));
    }
    return entries;
  }

  return {
    everything: () =>
      feed(
        twin(to.changes, 'atom'),
        to.changes,
        ['BPF kfuncs, release by release', 'What each release added, changed and removed.'],
        chapters.map((chapter) => releaseEntry(atlas, chapter)),
      ),
    kfunc: ({ name }) => {
      const page = to.kfunc(name);
      const words: Words = [`${name}: BPF kfunc`, `What changed about ${name}.`];
      return feed(twin(page, 'atom'), page, words, byKfunc.get(name) ?? []);
    },
    flag: (name) => {
      const page = to.flag(name)!;
      const words: Words = [`${name}: kfunc flag`, 'Which kfuncs gained it, and which lost it.'];
      return feed(twin(page, 'atom'), page, words, entriesOf(flagTopic(name)));
    },
    program: (type) => {
      const page = to.program(type)!;
      const topic = kfuncTopic(atlas, (_, state) => state.programTypes.includes(type));
      return feed(twin(page, 'atom'), page, programWords(type), entriesOf(topic));
    },
    subsystem: ({ slug, name }) => {
      const topic = kfuncTopic(atlas, (record) => subsystemSlug(record.subsystem) === slug);
      const words: Words = [`${name}: BPF kfuncs`, 'What changed about the kfuncs of a subsystem.'];
      return feed(subsystemFeedPath(atlas, slug), to.home, words, entriesOf(topic));
    },
  };
}

function programWords(type: string): Words {
  if (type === everyProgram) {
    return [
      'BPF kfuncs for all program types',
      'What changed about kfuncs that programs of every type may call.',
    ];
  }
  return [
    `BPF kfuncs for ${programName(type)}`,
    `What changed about kfuncs registered for ${type}; those for all types have a feed of their own.`,
  ];
}

/** What happened to each kfunc, the newest first; also what made it stricter without a word in its record. */
function entriesByKfunc(
  chapters: readonly Chapter[],
  ofStory: (story: Story) => Entry,
  ofEvent: (story: EventStory) => Entry,
): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  const add = (name: string, entry: Entry) => {
    const there = found.get(name);
    if (there === undefined) found.set(name, [entry]);
    else there.push(entry);
  };
  for (const { events, stories } of chapters) {
    for (const story of events) {
      for (const name of story.event.stricter) add(name, ofEvent(story));
    }
    for (const story of stories) add(story.record.name, ofStory(story));
  }
  return found;
}

/** `make`, which makes each thing once. */
function remembered<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const made = new WeakMap<From, To>();
  return (from) => {
    const known = made.get(from);
    if (known !== undefined) return known;
    const fresh = make(from);
    made.set(from, fresh);
    return fresh;
  };
}
