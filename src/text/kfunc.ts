import type { KfuncRecord, State } from '../data/schema/index.ts';
import { type Atlas, newestState, releasesOf } from '../views/atlas.ts';
import { declaration } from '../views/kfunc/declaration.ts';
import { viewExamples } from '../views/kfunc/examples.ts';
import { type HistoryRow, kfuncPage } from '../views/kfunc/page.ts';
import { lifeText } from '../views/life.ts';
import { own } from '../views/place.ts';
import type { StateView } from '../views/kfunc/state.ts';
import { changeText, prototypeText } from './change.ts';
import { citeKfunc } from './cite.ts';
import { document, fact, heading, item, markdown, paragraph, verbatim, words } from './form.ts';
import {
  docParts,
  facts,
  kernelWords,
  relatedParts,
  stabilityParts,
  useParts,
} from './kfunc-sections.ts';

/** What is written about a filter function, in Markdown; undefined where nothing is. */
export type FilterWords = (filter: string) => string | undefined;

/** `/k/<name>.txt`: what the page of a kfunc says, for a terminal. */
export function kfuncText(atlas: Atlas, record: KfuncRecord, filterWords: FilterWords): string {
  const page = kfuncPage(atlas, record);
  const newest = newestState(record)?.state;
  return document([
    heading(page.title, '='),
    paragraph(lifeText(page.life)),
    paragraph(words(page.readFrom)),
    ...page.notes.map((note) => paragraph(words(note))),
    ...(newest === undefined ? [] : prototypeParts(newest, `${page.prototypeOf}:`)),
    facts(page.glance),
    ...docParts(atlas, page),
    ...exampleParts(atlas, record),
    page.history.length === 0 ? null : heading('History'),
    ...page.history.map(historyText),
    ...page.filters.flatMap(({ name, title }) => [
      heading(words(title)),
      markdown(filterWords(name) ?? 'Nobody has written about it.'),
    ]),
    ...stabilityParts(page),
    ...relatedParts(page),
    ...useParts(page),
    ...page.lines.flatMap((line) => [
      heading(line.title),
      ...line.history.map(historyText),
      ...line.states.map((view, i) => {
        const states = record.lines.find(({ id }) => id === line.id)?.states ?? [];
        return stateText(atlas, record, line.id, view, states.at(-1 - i)!);
      }),
    ]),
    ...page.alike.map(({ as }) => paragraph(words(as))),
    page.lacksProse
      ? paragraph(
          "The kernel's own words are not part of this dataset; to have them, npx kfunc-atlas extract --linux DIR.",
        )
      : null,
    heading('Cite'),
    citeKfunc(atlas, record).text.trimEnd(),
  ]);
}

/** What a program declares; the kernel's own prototype where a program sees another one. */
function prototypeParts(state: State, caption: string): string[] {
  const { prototype } = state;
  const declared = declaration(state);
  if (prototype === null || declared === null) return [];
  const parts = [`${paragraph(caption)}\n\n${prototypeText(declared)}`];
  if (prototype.kernel !== prototype.bpf) {
    parts.push(`In the kernel:\n\n${prototypeText(prototype.kernel)}`);
  }
  return parts;
}

function historyText({ release, date, gap, changes }: HistoryRow): string {
  const title = `${release.text}, ${date}${gap === null ? '' : `, ${gap.text}`}`;
  return [paragraph(title), ...changes.map((change) => changeText(change))].join('\n');
}

function exampleParts(atlas: Atlas, record: KfuncRecord): string[] {
  const examples = viewExamples(atlas, record);
  if (examples === null) return [];
  return [
    heading("In the kernel's documentation"),
    paragraph(words(examples.of)),
    ...examples.listed.map((pieces) => item(words(pieces))),
    ...examples.calls.map(({ code, caption }) => {
      const told = item(words(caption));
      if (code === null) return told;
      return `${told}\n\n${verbatim(code.map(({ text }) => text).join(''))}`;
    }),
  ];
}

function stateText(
  atlas: Atlas,
  record: KfuncRecord,
  line: string,
  view: StateView,
  state: State,
): string {
  const declared = declaration(state);
  const prototype = declared === null ? 'No definition was found.' : prototypeText(declared);
  const { html, hash, says } = view.doc;
  const prose = html === null || hash === null ? undefined : atlas.dataset.prose?.get(hash);
  return document([
    heading(view.title, '~'),
    prototype,
    ...(state.prototype === null || state.prototype.kernel === state.prototype.bpf
      ? []
      : [`In the kernel:\n\n${prototypeText(state.prototype.kernel)}`]),
    [
      facts(view.facts),
      fact('Source at', [sources(atlas, record.name, line, state)]),
      fact('Documentation', [words(says)]),
    ].join('\n'),
    prose === undefined ? null : kernelWords(prose),
  ]).trimEnd();
}

/** `v7.3 kernel/bpf/helpers.c:2437, v7.2 :2401`: a file is named where it changes. */
function sources(atlas: Atlas, name: string, line: string, state: State): string {
  let file = '';
  return releasesOf(atlas, line, state)
    .toReversed()
    .map(({ id, tag, exact }) => {
      const { definitions, entries } = atlas.file(id);
      const at = own(definitions, name)?.[0] ?? own(entries, name)?.[0];
      const release = exact ? id : `${id} (${tag})`;
      if (at === undefined) return release;
      const path = at.file === file ? '' : at.file;
      file = at.file;
      return `${release} ${path}:${at.line}`;
    })
    .join(', ');
}
