import type { Result } from '../search/rank.ts';

/** What a result says. The words come from a tree that is not trusted: they are only ever text. */
export interface Told {
  /** Below the site's base. */
  path: string;
  name: string;
  /** Whether the name is one of C. */
  isC: boolean;
  /** What it is, where that is no kfunc: `flag`. */
  kind: string | null;
  /** `gone in v6.4`; null for one that is there. */
  life: { word: 'deprecated' | 'removed'; text: string } | null;
  /** `now bpf_x`, `took the place of bpf_y`. */
  note: string | null;
  summary: string;
  isCode: boolean;
  /** `since v6.2`, `≤ v6.12` */
  since: string | null;
}

const inC: readonly string[] = ['kfunc', 'flag', 'suffix'];

export function tell({ entry, formerly }: Result): Told {
  const { name } = entry;
  const isC = inC.includes(entry.kind);
  if (entry.kind !== 'kfunc') {
    const { path, words, kind } = entry;
    const none = { life: null, note: null, since: null };
    return { path, name, isC, kind, summary: words, isCode: false, ...none };
  }
  const { summary, isCode, status, life, now, first, role } = entry;
  const notes = [
    ...(formerly === null ? [] : [`took the place of ${formerly}`]),
    ...(now.length === 0 ? [] : [`now ${now.join(' or ')}`]),
  ];
  return {
    path: `k/${encodeURIComponent(name)}/`,
    name,
    isC,
    kind: role === 'kfunc' ? null : role,
    life: status === 'there' ? null : { word: status, text: life },
    note: notes.length === 0 ? null : notes.join('; '),
    summary,
    isCode,
    since: first.startsWith('v') ? `since ${first}` : first,
  };
}

/** Fills `link` with what a result says, and leads it there. `base` is the site's. */
export function fill(link: HTMLAnchorElement, told: Told, base: string): void {
  const { path, name, isC, kind, life, note, since, summary, isCode } = told;
  link.href = base + path;
  const title = element('span', 'sr-title');
  title.append(element(isC ? 'code' : 'span', 'sr-name', name));
  if (kind !== null) title.append(' ', element('span', 'sr-kind', kind));
  if (life !== null) title.append(' ', element('span', `badge is-${life.word}`, life.text));
  if (note !== null) title.append(' ', element('span', 'sr-note', note));
  const head = element('span', 'sr-head');
  head.append(title);
  if (since !== null) head.append(' ', element('span', 'sr-since', since));
  link.replaceChildren(head);
  if (summary !== '') link.append(' ', element(isCode ? 'code' : 'span', 'sr-says', summary));
}

/** An element with a class and a text. */
export function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** `1 result`, `12 results`; what was not understood comes first. */
export function countWords(
  count: number,
  { problems, isNear }: { problems: string[]; isNear: boolean },
): string {
  const found =
    count === 0
      ? 'Nothing found.'
      : isNear
        ? 'Nothing is called that. Alike:'
        : `${count} ${count === 1 ? 'result' : 'results'}.`;
  return [...problems, found].join(' ');
}
