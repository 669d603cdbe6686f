import type { Difference } from '../diff/types.ts';
import { comparePrototypes } from '../views/prototype-change.ts';
import { storyOf, type Entry, type EventEntry, type Story } from './difference-story.ts';
import type { Addresses } from './difference.ts';
import { flat } from './form.ts';
import { inert } from './wrap.ts';

/**
 * A difference as Markdown for a forge: headings of the third level, prototypes as blocks of `diff`, in
 * the order of the plain text. Words of the kernel's can make no mark-up.
 */
export function differenceMarkdown(
  difference: Difference,
  addresses: Addresses | null = null,
): string {
  const story = storyOf(difference);
  const title = `BPF kfuncs from ${story.from} to ${story.to}`;
  const read = story.readFrom === null ? '' : ` (${story.readFrom})`;
  const said = story.isEmpty ? 'no difference' : story.counts || 'the same kfuncs';
  const entries = (list: readonly Entry[], isLinked: boolean): string[] =>
    list.map((entry) => entryText(entry, isLinked ? addresses : null));
  const parts = [
    `${prose(title + read)}: ${said}.`,
    ...story.grave.flatMap((section) =>
      part(section.title, [...section.events.map(eventText), ...entries(section.entries, true)]),
    ),
    ...part(
      'New',
      story.added.flatMap(({ subsystem, entries: list }) => [
        `- ${prose(subsystem)}`,
        ...list.map(
          ({ prototype, facts }) => `  - ${code(prototype)}\n    ${prose(facts.join('; '))}`,
        ),
      ]),
    ),
    ...part('In the whole tree', story.events.map(eventText)),
    ...part('Changed, and breaks nothing', entries(story.compatible, false)),
    ...part('Documented in other words', names(story.documentation)),
    ...part("In the modules of the kernel's selftests", selftests(story)),
    ...(addresses?.diff == null ? [] : [`<${addresses.diff}>`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function part(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${prose(title)}`, items.join('\n')];
}

function entryText(
  { subjects, name, meanings, prototype }: Entry,
  addresses: Addresses | null,
): string {
  const said = subjects.map((subject) => subject.split(' -> ').map(code).join(' → '));
  const linked =
    name === null || addresses === null
      ? said.join(', ')
      : `[${said.join(', ')}](${addresses.kfunc(name)})`;
  const each = subjects.length > 1 ? 'each ' : '';
  const lines = meanings.map((text) => `  - ${prose(each + text)}`);
  if (prototype === null) return [`- ${linked}`, ...lines].join('\n');
  const marked = comparePrototypes(flat(prototype.was), flat(prototype.now)).map(
    ({ sign, marks }) => `  ${sign} ${inert(marks.map(({ text }) => text).join(''))}`.trimEnd(),
  );
  return [`- ${linked}`, ...lines, '', '  ```diff', ...marked, '  ```'].join('\n');
}

function eventText({ text, stricter }: EventEntry): string {
  const below = stricter.length === 0 ? [] : [`  - stricter: ${stricter.map(code).join(', ')}`];
  return [`- ${prose(text)}`, ...below].join('\n');
}

function names(list: readonly string[]): string[] {
  return list.length === 0 ? [] : [list.map(code).join(', ')];
}

function selftests(story: Story): string[] {
  return story.selftests.map(({ fate, names: list }) => `- ${fate}: ${list.map(code).join(', ')}`);
}

/** Code on one line, which no backtick of its own ends. */
function code(text: string): string {
  const inner = inert(flat(text));
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `${ticks}${inner}${ticks}` : `${ticks} ${inner} ${ticks}`;
}

/** Words with what would be mark-up escaped, identifiers as code. */
function prose(text: string): string {
  return inert(flat(text))
    .split(/(\w*_\w+(?:\(\))?)/)
    .map((piece, i) => (i % 2 === 1 ? code(piece) : piece.replace(/[\\`*_[\]<>|#&~@]/g, '\\$&')))
    .join('');
}
