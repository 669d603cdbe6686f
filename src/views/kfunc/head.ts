/** What the page of a kfunc says before its reader scrolls. */
import type { KfuncRecord, State } from '../../data/schema/index.ts';
import type { Brief, BriefText } from '../../prose/index.ts';
import type { Atlas } from '../atlas.ts';
import { conditionItems, programPieces } from './availability.ts';
import { kfuncName } from '../change.ts';
import { isDeprecated } from './deprecation.ts';
import { briefOf, factSentence } from './summary.ts';
import { homeHref, place } from '../place.ts';
import { flagItems } from './state.ts';
import { type Piece, code, list, say, visible } from '../text.ts';
import { suffixWords } from '../words.ts';

/** A parameter with its meaning. */
export interface ParamRow {
  name: string;
  type: string;
  /** The kernel's words; null where it has none to show. */
  words: BriefText | null;
  /** Where the documentation says more; null when this is all. */
  more: string | null;
  /** What the end of its name asks, linked; what the verifier does with it. */
  notes: Piece[][];
}

export interface KfuncHead {
  /** What it does, in the kernel's words as HTML; or else in ours. */
  summary: { html: string } | { pieces: Piece[] } | null;
  /** `Use x.`, of one that is gone or on its way; empty for others. */
  instead: Piece[];
  params: ParamRow[];
  returns: BriefText | null;
  glance: { label: string; items: Piece[][] }[];
  /** Of these, what a caller has to keep to. */
  conditions: { label: string; items: Piece[][] }[];
  /** Where it is defined; null where no definition was found. */
  source: Piece | null;
}

/** `state` is the newest there is, and `release` the newest that has it. `hasDoc`: its words stand below. */
export function headOf(
  atlas: Atlas,
  record: KfuncRecord,
  release: string,
  state: State,
  hasDoc: boolean,
): KfuncHead {
  const conditions = conditionsOf(atlas, release, state);
  const source = sourceOf(atlas, record, release, state);
  const brief = briefOf(atlas, record, release, state);
  return {
    summary:
      brief?.summary == null
        ? { pieces: factSentence(record, state) }
        : { html: brief.summary.html },
    instead: insteadOf(atlas, record, state),
    params: paramRows(atlas, state, hasDoc ? brief : null),
    returns: brief?.returns ?? null,
    glance: [...conditions, ...homeFacts(record, source)],
    conditions,
    source,
  };
}

/** Kfuncs that take its place, as renames and the kernel's own words say. */
export function alternativesTo(atlas: Atlas, record: KfuncRecord, state: State): string[] {
  const named = state.deprecation.flatMap((d) => (d.instead === null ? [] : [d.instead]));
  const names = [...record.replacedBy.map((other) => other.name), ...named];
  return [...new Set(names)].filter((name) => name !== record.name && atlas.kfunc(name));
}

function insteadOf(atlas: Atlas, record: KfuncRecord, state: State): Piece[] {
  if (record.status === 'active' && !isDeprecated(state)) return [];
  const names = alternativesTo(atlas, record, state);
  if (names.length === 0) return [];
  const others = list(
    names.map((name) => [kfuncName(atlas, name)]),
    ' or ',
  );
  return [say('Use '), ...others, say('.')];
}

function paramRows(atlas: Atlas, { prototype }: State, brief: Brief | null): ParamRow[] {
  return (prototype?.params ?? [])
    .filter((param) => !param.implicit)
    .map(({ name, type, suffix }) => {
      const words = brief?.parameters.get(name) ?? null;
      const asks = suffix === null ? null : suffixWords(suffix);
      return {
        name: visible(name),
        type: visible(type),
        words,
        more: words?.isCut === true && /^\w+$/.test(name) ? `#param-${name}` : null,
        notes:
          suffix === null
            ? []
            : [
                [
                  code(suffix, atlas.to.suffix(suffix)),
                  say(`: ${asks ?? 'an ending that the verifier acts on'}`),
                ],
              ],
      };
    });
}

function conditionsOf(atlas: Atlas, release: string, state: State): KfuncHead['conditions'] {
  return [
    { label: 'Callable from', items: [programPieces(atlas, state)] },
    { label: 'Flags', items: flagItems(atlas, release, state) },
    { label: 'Under a lock', items: lockItems(atlas, release, state) },
    {
      label: 'Needs',
      items: [
        state.config.expr === null ? [say('nothing beyond BPF itself')] : [code(state.config.expr)],
        ...(state.arch === null ? [] : [[say(`${state.arch.join(', ')} only`)]]),
      ],
    },
  ].filter((fact) => fact.items.length > 0);
}

function sourceOf(atlas: Atlas, record: KfuncRecord, release: string, state: State): Piece | null {
  const home = state.definitions[0];
  if (home === undefined) return null;
  const href = homeHref(atlas, record.name, release);
  return href === null ? place(atlas, release, home.file, null) : code(home.file, href);
}

function homeFacts(record: KfuncRecord, source: Piece | null): KfuncHead['glance'] {
  return [
    { label: 'Source', items: [[source ?? say('no definition was found')]] },
    { label: 'Subsystem', items: [[say(record.subsystem ?? 'not in MAINTAINERS')]] },
  ];
}

/** What no flag says in words: that its absence forbids a call under a lock. */
function lockItems(atlas: Atlas, release: string, state: State): Piece[][] {
  return conditionItems(atlas.file(release), state).filter((item) =>
    item.some(({ text }) => text.startsWith('not while')),
  );
}
