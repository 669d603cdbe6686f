import { plain } from '../text.ts';
import type { KfuncPage, LineView } from './page.ts';
import type { StateView } from './state.ts';

/** What stands below the first screen of a kfunc's page, and the list that leads to it. */
export interface Sections {
  /** What is true of it now, or was last. */
  now: StateView | null;
  /** A line and its states but the one of `now`. */
  lines: { id: string; title: string; line: LineView; states: StateView[] }[];
  /** Headings in their order. */
  contents: { id: string; title: string }[];
}

export function sectionsOf(page: KfuncPage): Sections {
  const [first] = page.lines;
  const now = first?.states[0] ?? null;
  const lines = page.lines
    .map((line) => ({
      id: `line-${line.id}`,
      title: line === first ? 'Before that' : line.title,
      line,
      states: line.states.filter((state) => state !== now),
    }))
    .filter(({ line, states }) => states.length > 0 || line.history.length > 0);
  const where = (isThere: boolean, id: string, title: string) => (isThere ? [{ id, title }] : []);
  const contents = [
    ...where(page.doc !== null, 'doc', 'Documentation'),
    ...where(page.examples !== null, 'kernel-documentation', 'In the kernel’s documentation'),
    ...where(now !== null, 'details', 'Availability'),
    ...page.filters.map(({ id, title }) => ({ id, title: plain(title) })),
    { id: 'history', title: 'History' },
    ...where(page.evidence !== null, 'stability', 'Stability'),
    ...where(page.related.length > 0, 'related', 'Related kfuncs'),
    ...where(page.skeleton !== null, 'use', 'Declare and probe'),
    ...lines.map(({ id, title }) => ({ id, title })),
    { id: 'cite', title: 'Cite' },
  ];
  return { now, lines, contents };
}
