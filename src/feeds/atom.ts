import { x } from 'xastscript';
import type { Entry } from './entry.ts';
import { declaration, type Node, xml } from './xml.ts';

/** A feed (RFC 4287, 4.1.1). Addresses are whole where the site knows its own, else paths. */
export interface Feed {
  id: string;
  title: string;
  subtitle: string;
  /** The feed's own address, and that of the page that tells the same. */
  self: string;
  page: string;
  /** What it is dated while it has no entry. */
  since: string;
  /** The newest first. */
  entries: readonly Entry[];
}

/** Entries as XML: most stand in several feeds. */
const written = new WeakMap<Entry, string>();

/** A feed as Atom. It is dated by its newest entry: nothing in it depends on when or where it is made. */
export function atom(feed: Feed): string {
  const newest = feed.entries.reduce((max, { date }) => (date > max ? date : max), '');
  const head = [
    x('id', feed.id),
    x('title', feed.title),
    x('subtitle', feed.subtitle),
    x('updated', time(newest === '' ? feed.since : newest)),
    x('author', [x('name', 'kfunc-atlas')]),
    x('generator', 'kfunc-atlas'),
    x('rights', 'The facts are free to use (CC0).'),
    x('link', { rel: 'self', type: 'application/atom+xml', href: feed.self }),
    x('link', { rel: 'alternate', type: 'text/html', href: feed.page }),
  ];
  const lines = [...head.map((node) => xml(node)), ...feed.entries.map(entryText)];
  return `${declaration}<feed xmlns="http://www.w3.org/2005/Atom">\n${lines.join('\n')}\n</feed>\n`;
}

function entryText(entry: Entry): string {
  const known = written.get(entry);
  if (known !== undefined) return known;
  const text = xml(entryNode(entry));
  written.set(entry, text);
  return text;
}

function entryNode(entry: Entry): Node {
  return x('entry', [
    x('id', entry.id),
    x('title', entry.title),
    x('updated', time(entry.date)),
    x('link', { rel: 'alternate', type: 'text/html', href: entry.href }),
    ...entry.categories.map((term) => x('category', { term })),
    x('summary', entry.summary),
    x('content', { type: 'xhtml' }, [
      x('div', { xmlns: 'http://www.w3.org/1999/xhtml' }, entry.content),
    ]),
  ]);
}

/** `2026-11-10` as RFC 3339 wants it; the beginning of time for what is no date. */
function time(date: string): string {
  const day = /^\d{4}-\d\d-\d\d/.exec(date)?.[0] ?? '';
  const isDay = !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
  return `${isDay ? day : '1970-01-01'}T00:00:00Z`;
}
