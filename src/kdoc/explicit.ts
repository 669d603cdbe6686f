import { codeOf } from './code.ts';
import {
  endOfIndented,
  leastIndent,
  span,
  trimBlank,
  type Construct,
  type Context,
} from './context.ts';
import { isLinked } from './inline.ts';
import { cut, type Line } from './lines.ts';
import type { KdocBlock } from './types.ts';

/** Directives that say what kind of remark their content is. */
const ADMONITIONS = new Set([
  'admonition',
  'attention',
  'caution',
  'danger',
  'deprecated',
  'error',
  'hint',
  'important',
  'note',
  'seealso',
  'tip',
  'todo',
  'topic',
  'versionadded',
  'versionchanged',
  'warning',
]);
/** Of these, what stands beside the mark is a title, not the first words. */
const TITLED = new Set(['admonition', 'deprecated', 'topic', 'versionadded', 'versionchanged']);
const CODE = new Set(['code', 'code-block', 'sourcecode', 'highlight', 'parsed-literal', 'math']);
/** Of these only the content matters. */
const FRAMES = new Set(['container', 'compound', 'class', 'only', 'rst-class']);

/** `:option: value` lines at the start of a directive's content. */
function withoutOptions(lines: readonly Line[]): Line[] {
  let at = 0;
  while (at < lines.length && /^:[\w-]+:(?:\s|$)/.test(lines[at]!.text)) at += 1;
  return lines.slice(at);
}

/** The blank line between the words beside a mark and those below it, when one is there. */
function gapAfter(all: readonly Line[]): Line[] {
  return all[1]?.text === '' ? [all[1]] : [];
}

/**
 *     .. note:: words, or none
 *
 *        more of them
 */
function directive(
  name: string,
  argument: Line,
  all: readonly Line[],
  content: readonly Line[],
  context: Context,
): KdocBlock[] {
  const position = span(all);
  if (CODE.has(name)) {
    const lang = name === 'math' ? 'math' : argument.text.split(/\s/, 1)[0]!.toLowerCase();
    const isCode = name !== 'math' && name !== 'parsed-literal' && lang !== '';
    const lines = withoutOptions(content);
    return [{ ...codeOf(lines, isCode || name === 'math' ? lang : null), position }];
  }
  const body = withoutOptions(content);
  if (ADMONITIONS.has(name)) {
    const title = TITLED.has(name) && argument.text !== '' ? argument.text : null;
    const first = title === null && argument.text !== '' ? [{ ...argument, indent: 0 }] : [];
    const base = leastIndent(body);
    const rest = body.map((l) => ({ ...l, indent: Math.max(0, l.indent - base) }));
    const children = context.blocks([...first, ...gapAfter(all), ...rest]);
    return [{ type: 'kdocAdmonition', kind: name, title, children, position }];
  }
  if (FRAMES.has(name)) return context.blocks(body);
  const said = `unknown directive '${name}' is shown as it stands`;
  context.report('unknown-directive', 'info', all[0]!.line, said);
  return [codeOf(all)];
}

/**
 * What two dots begin: directives, targets, footnotes, remarks.
 *
 *     .. name:: argument
 *     .. _label: https://example.org/
 *     .. [#label] words
 *     .. anything else
 *
 * Everything indented below belongs to it.
 */
export const explicit: Construct = (lines, at, context) => {
  const line = lines[at]!;
  if (!/^\.\.(?:\s|$)/.test(line.text)) return null;
  const next = endOfIndented(lines, at + 1, line.indent);
  const all = trimBlank(lines.slice(at, next));
  const content = trimBlank(lines.slice(at + 1, next));
  const found = /^\.\.\s+([A-Za-z][\w-]*(?::[A-Za-z][\w-]*)?)\s?::(?=\s|$)/.exec(line.text);
  if (found) {
    const argument = cut(line, found[0].length);
    const name = found[1]!.toLowerCase();
    return { nodes: directive(name, argument, all, content, context), next };
  }
  const position = span(all);
  const target = targetOf(lines, at);
  if (target) {
    const { label, url } = target;
    const identifier = label.toLowerCase();
    if (url !== '' && !isLinked(url)) return { nodes: [codeOf(all)], next };
    return {
      nodes: [{ type: 'definition', identifier, label, url, title: null, position }],
      next,
    };
  }
  const note = /^\.\.\s+\[(#[\w-]*|\d{1,4}|\*)\](?=\s|$)/.exec(line.text);
  if (note) {
    const label = note[1]!;
    const first = { ...cut(line, note[0].length), indent: 0 };
    const rest = content.map((l) => ({ ...l, indent: 0 }));
    const children = context.blocks([first, ...gapAfter(all), ...rest]);
    const identifier = label.toLowerCase();
    return { nodes: [{ type: 'footnoteDefinition', identifier, label, children, position }], next };
  }
  const value = all.map((l, i) => (i === 0 ? l.text.slice(2).trim() : l.text)).join('\n');
  return { nodes: [{ type: 'kdocRemark', value, position }], next };
};

/** `.. _label: address`, the address beside it or on the line below, or none: then this is the place. */
function targetOf(lines: readonly Line[], at: number): { label: string; url: string } | null {
  const line = lines[at]!;
  if (!line.text.startsWith('.. ')) return null;
  const found = /^\.\.\s+_([^:\s][^:]{0,200}):(?:\s+(\S+))?$/.exec(line.text);
  if (!found) return null;
  const below = lines[at + 1];
  const url = found[2] ?? (below && below.indent > line.indent ? below.text : '');
  return { label: found[1]!.replace(/^`|`$/g, ''), url };
}

/** The labels that `.. _label:` sets, lower case, so that `label_` is known before it is met. */
export function labelsOf(lines: readonly Line[]): Set<string> {
  const labels = new Set<string>();
  for (const at of lines.keys()) {
    const target = targetOf(lines, at);
    if (target && (target.url === '' || isLinked(target.url))) {
      labels.add(target.label.toLowerCase());
    }
  }
  return labels;
}
