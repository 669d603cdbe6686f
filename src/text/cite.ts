import type { KfuncRecord, State } from '../data/schema/index.ts';
import { type Atlas, newestState, releasesOf } from '../views/atlas.ts';
import { viewChange } from '../views/change.ts';
import { lifeOf, lifeText } from '../views/life.ts';
import { footnote, permanent } from './address.ts';
import { changeWords, codeText, prototypeText } from './change.ts';
import { document, flat, paragraph } from './form.ts';
import { wrap } from './wrap.ts';

/** How a page is cited in a mail. */
export interface Citation {
  /** The page's own address, for ever: whole where the site knows its own, else a path. */
  address: string;
  href: string;
  isWhole: boolean;
  /** To paste: at most 75 columns but for addresses, `Fixes:` lines and commits. */
  text: string;
}

/** The citation of the page at `href` by paragraphs. */
export function citation(atlas: Atlas, href: string, parts: readonly (string | null)[]): Citation {
  const address = permanent(atlas, href);
  return { address, href, isWhole: atlas.site !== undefined, text: document(parts) };
}

/**
 * A kfunc in a mail: since when it is there, its prototype and flags as of the newest release that has it,
 * and what changed last, with the commit where it is known.
 */
export function citeKfunc(atlas: Atlas, record: KfuncRecord): Citation {
  const href = atlas.to.kfunc(record.name);
  const newest = newestState(record);
  const last = lastChange(atlas, record);
  const links = [...new Set(last?.commits.flatMap((commit) => commit.links) ?? [])];
  const noteOf = (link: string) => `[${links.indexOf(link) + 2}]`;
  return citation(atlas, href, [
    paragraph(`${record.name}() [1], a BPF kfunc. ${lifeText(lifeOf(atlas, record))}`),
    ...(newest === undefined ? [] : stateParts(atlas, newest.line, newest.state)),
    last === null ? null : last.text,
    ...(last?.commits ?? []).map((commit) => {
      const notes = commit.links.map((link) => ` ${noteOf(link)}`).join('');
      return wrap(`commit ${commit.text}${notes}\n\nFixes: ${commit.text}`);
    }),
    wrap([footnote(atlas, 1, href), ...links.map((l) => `${noteOf(l)} ${l}`)].join('\n')),
  ]);
}

function stateParts(atlas: Atlas, line: string, state: State): string[] {
  const release = releasesOf(atlas, line, state).at(-1)?.id ?? state.from;
  const { prototype, flags } = state;
  const said = flags.length === 0 ? 'none' : flags.join(' | ');
  return [
    ...(prototype === null ? [] : [prototypeText(prototype.bpf)]),
    paragraph(`Flags as of ${release}: ${said}`),
  ];
}

interface LastChange {
  text: string;
  commits: { text: string; links: string[] }[];
}

/** What the newest release did that did anything; null where it only came. */
function lastChange(atlas: Atlas, record: KfuncRecord): LastChange | null {
  const lineId = newestState(record)?.line;
  const changes = record.lines.find(({ id }) => id === lineId)?.changes ?? [];
  const newest = Math.max(...changes.map(({ release }) => atlas.order(release)));
  const those = changes.filter(({ release }) => atlas.order(release) === newest);
  if (those.length === 0) return null;
  const [{ release }] = those as [(typeof those)[0]];
  const views = those.map((change) => viewChange(atlas, record.name, change));
  const was = views.flatMap((view) => view.was.map(codeText));
  const commits = new Map(
    views.flatMap(({ commit }) => {
      if (commit === null) return [];
      const links = commit.links.flatMap(({ href }) => (href === undefined ? [] : [href]));
      return [[commit.text, { text: flat(commit.text), links }] as const];
    }),
  );
  const text = [
    paragraph(`Last changed in ${release}. ${views.map(changeWords).join('; ')}`),
    ...(was.length === 0 ? [] : ['before:', ...was.map((p) => prototypeText(p))]),
  ];
  return { text: text.join('\n'), commits: [...commits.values()] };
}
