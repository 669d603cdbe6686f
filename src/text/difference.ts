import type { Difference } from '../diff/types.ts';
import { comparePrototypes } from '../views/prototype-change.ts';
import { prototypeText } from './change.ts';
import {
  storyOf,
  type Entry,
  type EventEntry,
  type GraveSection,
  type NewEntry,
  type Story,
} from './difference-story.ts';
import { document, flat, verbatim } from './form.ts';
import { wrap } from './wrap.ts';

/** Addresses of pages, where the site's is known. */
export interface Addresses {
  /** Of the page of the whole difference; null where it has none. */
  diff: string | null;
  /** Of a kfunc's page. */
  kfunc(name: string): string;
}

/**
 * A difference as plain text for a mail: at most 75 columns (but for addresses), no blank at the end of a
 * line, no line that a mail program or `git am` would take for its own. What breaks programs comes
 * first, then what may, what is new, what goes on as it was, and the counts. With addresses, the kfuncs of the
 * first two have footnotes.
 */
export function differenceText(difference: Difference, addresses: Addresses | null = null): string {
  const story = storyOf(difference);
  const notes = new Footnotes(addresses);
  const title = `BPF kfuncs from ${story.from} to ${story.to}`;
  const read = story.readFrom === null ? '' : ` (${story.readFrom})`;
  if (story.isEmpty) return document([wrap(`${title}${read}: no difference.`)]);
  return document([
    wrap(`${title}${read}: ${story.counts === '' ? 'the same kfuncs' : story.counts}.`),
    ...story.grave.flatMap((section) => graveText(section, notes)),
    ...addedText(story),
    ...eventsText(story.events),
    ...section(
      'Changed, and breaks nothing',
      story.compatible.map((e) => entryText(e, null)),
    ),
    ...section('Documented in other words', namesText(story.documentation)),
    ...selftestsText(story),
    notes.text(),
  ]);
}

/** A title, and what stands below it; nothing where that is nothing. */
function section(title: string, below: string | readonly string[]): string[] {
  const lines = typeof below === 'string' ? below : below.join('\n\n');
  return lines === '' ? [] : [`${wrap(`${title}:`)}\n\n${lines}`];
}

function graveText({ title, events, entries }: GraveSection, notes: Footnotes): string[] {
  return section(title, [
    ...events.map(eventText),
    ...entries.map((entry) => entryText(entry, notes)),
  ]);
}

/**
 * What is to say of one kfunc, or of several alike.
 *
 *       bpf_lamp_dim [1]
 *         takes one more argument, flags
 *             int bpf_lamp_dim(struct lamp *lamp,
 *           -                  u32 level)
 *           +                  u32 level,
 *           +                  u64 flags)
 */
function entryText(
  { subjects, name, meanings, prototype }: Entry,
  notes: Footnotes | null,
): string {
  const mark = name === null || notes === null ? '' : notes.mark(name);
  const each = subjects.length > 1 ? 'each ' : '';
  return [
    wrap(flat(subjects.join(', ')) + mark, { indent: '  ' }),
    ...meanings.map((text) => wrap(flat(each + text), { indent: '    ', hanging: '      ' })),
    ...(prototype === null ? [] : [prototypeLines(prototype)]),
  ].join('\n');
}

function prototypeLines({ was, now }: { was: string; now: string }): string {
  return comparePrototypes(flat(was), flat(now))
    .map(({ sign, marks }) => {
      const line = marks.map(({ text }) => text).join('');
      return verbatim(`${sign} ${line}`, '      ', '    ');
    })
    .join('\n');
}

function addedText({ added }: Story): string[] {
  const isOne = added.length === 1;
  const groups = added.map(({ subsystem, entries }) =>
    [
      ...(isOne ? [] : [wrap(flat(`${subsystem}:`), { indent: '  ' })]),
      ...entries.map(newText),
    ].join('\n'),
  );
  const title = isOne ? `New, in ${flat(added[0]!.subsystem)}` : 'New';
  return section(title, groups.join('\n\n'));
}

function newText({ prototype, facts }: NewEntry): string {
  return [
    prototypeText(prototype, '    '),
    ...(facts.length === 0 ? [] : [wrap(flat(facts.join('; ')), { indent: '        ' })]),
  ].join('\n');
}

function eventsText(events: readonly EventEntry[]): string[] {
  return section('In the whole tree', events.map(eventText).join('\n'));
}

function eventText({ text, stricter }: EventEntry): string {
  const lines = [wrap(flat(text), { indent: '  ', hanging: '    ' })];
  if (stricter.length > 0) {
    const names = `stricter without a word changed, ${stricter.length}: ${stricter.join(', ')}`;
    lines.push(wrap(flat(names), { indent: '    ', hanging: '      ' }));
  }
  return lines.join('\n');
}

function namesText(names: readonly string[]): string {
  return names.length === 0 ? '' : wrap(flat(names.join(', ')), { indent: '  ' });
}

function selftestsText({ selftests }: Story): string[] {
  const lines = selftests.map(({ fate, names }) =>
    wrap(flat(`${fate}: ${names.join(', ')}`), { indent: '  ', hanging: '    ' }),
  );
  return section("In the modules of the kernel's selftests", lines.join('\n'));
}

/** Numbers pages as they are named. */
class Footnotes {
  private readonly addresses: Addresses | null;
  private readonly notes: string[] = [];

  constructor(addresses: Addresses | null) {
    this.addresses = addresses;
  }

  mark(name: string): string {
    if (this.addresses === null) return '';
    this.notes.push(this.addresses.kfunc(name));
    return ` [${this.notes.length}]`;
  }

  text(): string | null {
    if (this.addresses === null) return null;
    const { diff } = this.addresses;
    const lines = this.notes.map((note, i) => `[${i + 1}] ${note}`);
    return wrap([...(diff === null ? [] : [diff]), ...lines].join('\n'));
  }
}
