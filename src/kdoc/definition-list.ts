import { inline, leastIndent, span, type Construct } from './context.ts';
import { cut, type Line } from './lines.ts';
import type { KdocDefinitionList } from './types.ts';

/** A first line as long as this, with more below it further in, is a paragraph that hangs, and no term. */
const LONGEST_TERM = 48;

function isTerm(lines: readonly Line[], at: number): boolean {
  const [line, below] = [lines[at]!, lines[at + 1]];
  return (
    below !== undefined &&
    below.text !== '' &&
    below.indent > line.indent &&
    line.text.length < LONGEST_TERM &&
    // A sentence that goes on, or that ends, is none.
    !/[,.;]$|::$/.test(line.text)
  );
}

/** A name that has the words about it beside itself: where the name ends, and where the words begin. */
interface Field {
  from: number;
  to: number;
  width: number;
}

/**
 * Parameters that are described where no `@name:` of kernel-doc can stand: members of one, within its
 * description, and all of them in a comment that is no kernel-doc.
 *
 *     @args->id: words
 *     @id: words
 *     @id - words
 *     @id<tab>words
 */
export function parameterField(line: Line): Field | null {
  if (!line.text.startsWith('@')) return null;
  const found = /^(@(?:\w+(?:(?:->|\.)\w+)*|\.\.\.))(?::(?=\s|$)|\s+-(?=\s)|\t)/.exec(line.text);
  return found && { from: 0, to: found[1]!.length, width: found[0].length };
}

function fieldOf(line: Line): Field | null {
  if (!line.text.startsWith(':')) return parameterField(line);
  const found = /^:([^:`\s][^:`]{0,60}):(?=\s|$)/.exec(line.text);
  return found && { from: 1, to: 1 + found[1]!.length, width: found[0].length };
}

/** Lines below `at` that are the description: further in than the term, blank lines between them too. */
function endOfItem(lines: readonly Line[], at: number): number {
  const { indent } = lines[at]!;
  let next = at + 1;
  while (next < lines.length && (lines[next]!.text === '' || lines[next]!.indent > indent)) next++;
  return next;
}

/**
 * Terms, each with what is said of it below and further in; or fields, with it beside them.
 *
 *     term
 *             words about it
 *     :field: words about it
 *     @parameter - words about it
 */
export const definitionList: Construct = (lines, at, context) => {
  const first = lines[at]!;
  const children: KdocDefinitionList['children'] = [];
  let next = at;
  while (next < lines.length && lines[next]!.indent === first.indent && lines[next]!.text !== '') {
    const line = lines[next]!;
    const field = fieldOf(line);
    if (!field && !isTerm(lines, next)) break;
    const end = endOfItem(lines, next);
    const term = field ? cut(line, field.from, field.to) : line;
    const beside = field ? cut(line, field.width) : null;
    const below = lines.slice(next + 1, end);
    if (beside && beside.text !== '') {
      // The words beside a field's name are as far in as those below it.
      const indent = leastIndent(below);
      below.unshift({ ...beside, indent: indent === Infinity ? line.indent + 1 : indent });
    }
    const whole = field ? cut(line, 0, field.width) : line;
    children.push({ type: 'kdocTerm', children: inline([term], context), position: span([whole]) });
    const position = span(below.length > 0 ? below : [line]);
    children.push({ type: 'kdocDescription', children: context.blocks(below), position });
    next = end;
  }
  if (children.length === 0) return null;
  const position = span(lines.slice(at, next));
  return { nodes: [{ type: 'kdocDefinitionList', children, position }], next };
};
