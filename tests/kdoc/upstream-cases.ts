import { parse } from 'yaml';
import { readEntries, type Entry } from './entries.ts';
import { normalMan, normalRst, oneLine } from './normal-form.ts';
import { manOf, printTree, rstOf } from './print.ts';

/** What the kernel's tool holds of an entry, as its cases write it. */
interface KdocItem {
  name: string;
  type: string;
  declaration_start_line: number;
  sections?: Record<string, string>;
  sections_start_lines?: Record<string, number>;
  parameterdescs?: Record<string, string>;
  parameterlist?: string[];
  parametertypes?: Record<string, string>;
  parameterdesc_start_lines?: Record<string, number>;
  other_stuff?: Record<string, unknown>;
}

interface Case {
  name: string;
  fname: string;
  source: string;
  expected: { rst?: string; man?: string; kdoc_item?: KdocItem }[];
}

/**
 * One output of one case. `reason` is why a case does not apply to us; what its comment says is held to
 * the expected output all the same, which fails it when a line is not there.
 */
export interface Outcome {
  name: string;
  kind: string;
  output: 'rst' | 'man' | 'item';
  result: 'passed' | 'failed' | 'not applicable';
  reason: string | null;
  expected: string;
  ours: string;
}

/**
 * One case of upstream's ends its block of reST too early, so that YAML reads the rest as keys: the text is
 * put together again.
 *
 *     - rst: |
 *       .. c:function:: …
 */
function rstOfCase(source: string, name: string): string {
  const from = source.indexOf(`- name: ${name}\n`);
  const rst = source.indexOf('rst: |', from);
  const end = source.indexOf('\n    # ', rst);
  return source.slice(source.indexOf('\n', rst), end);
}

/** The cases of `tools/unittests/kdoc-test.yaml`. */
export function readCases(yaml: string): Case[] {
  const { tests } = parse(yaml) as { tests: Case[] };
  for (const { name, expected } of tests) {
    for (const one of expected) {
      if ('rst' in one && !one.rst) one.rst = rstOfCase(yaml, name);
    }
  }
  return tests;
}

/** Our entry in the words of upstream's item. Lines are counted from 0 there, and from the comment's first. */
function itemOf(entry: Entry): KdocItem {
  const printed = printTree(entry.root, entry.comment, 'source');
  const line = (type: string) =>
    Object.fromEntries(
      entry.root.children
        .filter((node) => node.type === type && 'name' in node)
        .map((node) => [(node as { name: string }).name, node.position!.start.line - 1]),
    );
  const code = entry.code!;
  const text = (lines: Map<string, string[]>) =>
    Object.fromEntries([...lines].map(([name, words]) => [name, words.join('\n')]));
  return {
    name: entry.name,
    type: entry.header.kind,
    declaration_start_line: entry.line,
    sections: text(printed.sections),
    sections_start_lines: line('kdocSection'),
    parameterdescs: text(printed.parameters),
    parameterlist: code.parameters.map((p) => p.name),
    parametertypes: Object.fromEntries(code.parameters.map((p) => [p.name, p.text])),
    parameterdesc_start_lines: line('kdocParameter'),
    other_stuff: {
      func_macro: code.isPlain,
      functiontype: code.returns,
      purpose: printed.purpose,
      typedef: false,
    },
  };
}

/** A Description without a heading begins for upstream at the blank line above it. */
function isBlankLine(source: string, index: number): boolean {
  return /^\s*\*?\s*$/.test(source.split('\n')[index] ?? '');
}

function tidyItem(item: KdocItem, source: string): string {
  const starts = Object.entries(item.sections_start_lines ?? {}).map(([name, at]) => {
    let line = at;
    while (isBlankLine(source, line) && line < source.length) line += 1;
    return [name, line] as const;
  });
  const clean = JSON.stringify({
    ...item,
    sections_start_lines: Object.fromEntries(starts),
    fname: undefined,
    start_line: undefined,
  });
  return JSON.stringify(JSON.parse(clean), (_, value: unknown) =>
    typeof value === 'string'
      ? oneLine(value)
      : value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
}

/** The lines that come from the comment alone, in the order of the output. */
function saidBy(entry: Entry, output: Outcome['output']): string[] {
  const notation = output === 'man' ? 'man' : 'rst';
  const { purpose, parameters, sections } = printTree(entry.root, entry.comment, notation);
  // troff has the purpose as it stands in the comment.
  const raw = printTree(entry.root, entry.comment, 'source').purpose;
  const first = notation === 'man' ? raw : purpose;
  const body = [...parameters.values(), ...sections.values()].flat().join('\n');
  const normal = notation === 'man' ? normalMan : normalRst;
  return `${normal(first)}\n${normal(body)}`.split('\n').filter((line) => line !== '');
}

function isSubsequence(lines: readonly string[], of: readonly string[]): boolean {
  let at = 0;
  for (const line of of) if (line === lines[at]) at += 1;
  return at === lines.length;
}

/** Runs one case; upstream adds an open brace to some, which C has to see closed. */
export function runCase({ name, fname, source, expected }: Case): Outcome[] {
  const closed = /\{\s*$/.test(source) ? `${source}}\n` : source;
  const [entry] = readEntries(closed, fname);
  const kind = entry?.header.kind ?? 'none';
  const outcomes: Outcome[] = [];
  const add = (output: Outcome['output'], wanted: string, print: (entry: Entry) => string) => {
    const common = { name, kind, output };
    if (entry && kind !== 'doc' && kind !== 'function' && kind !== 'define') {
      const said = saidBy(entry, output);
      const isThere = isSubsequence(said, wanted.replace(/^.* \\- /m, '').split('\n'));
      const result = isThere ? 'not applicable' : 'failed';
      const reason = `prints the declaration of a ${kind}; the comment's words are the same`;
      outcomes.push({ ...common, result, reason, expected: wanted, ours: said.join('\n') });
      return;
    }
    const ours = entry?.code || kind === 'doc' ? print(entry!) : '';
    const result = ours === wanted ? 'passed' : 'failed';
    outcomes.push({ ...common, result, reason: null, expected: wanted, ours });
  };
  for (const { rst, man, kdoc_item: item } of expected) {
    if (rst) add('rst', normalRst(rst), (e) => normalRst(rstOf(e)));
    if (man) add('man', normalMan(man), (e) => normalMan(manOf(e, fname)));
    if (item) {
      add('item', tidyItem(item, source), (e) => tidyItem(itemOf(e), source));
    }
  }
  return outcomes;
}
