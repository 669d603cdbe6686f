import { parseC } from '../../src/c/parse.ts';
import type { CFunction } from '../../src/c/types.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { parseKernelDoc } from '../../src/kdoc/index.ts';
import { printTree } from './print.ts';
import { wordsOf, type Words } from './tool-output.ts';

/** A function with a kernel-doc comment, as we read it. */
export interface Documented {
  name: string;
  comment: string;
  /** Of the comment, in its file. */
  line: number;
  words: Words;
  diagnostics: Diagnostic[];
}

function documented(fn: CFunction, comment: string, line: number, path: string): Documented {
  const parameters = fn.params.map(({ name, type }) => (type === '...' ? '...' : name));
  const declaration = { name: fn.name, parameters, returns: fn.returns };
  const { value, diagnostics } = parseKernelDoc(comment, { declaration, line, path });
  const printed = printTree(value, comment, 'rst');
  const words: Words = {
    purpose: wordsOf(printed.purpose),
    parameters: new Map(),
    sections: new Map(),
  };
  for (const parameter of parameters) {
    const text = wordsOf(printed.parameters.get(parameter)?.join('\n') ?? '');
    if (text !== '') words.parameters.set(parameter, text);
  }
  for (const [name, lines] of printed.sections) {
    const text = wordsOf(lines.join('\n'));
    if (text !== '') words.sections.set(name.toLowerCase(), text);
  }
  return { name: fn.name, comment, line, words, diagnostics };
}

/** The functions of a file that have one of the names, a body and a kernel-doc comment. */
export function documentedIn(
  source: string,
  path: string,
  names: ReadonlySet<string>,
): Documented[] {
  return parseC(source, path).value.items.flatMap((item) => {
    if (item.kind !== 'function' || !item.isDefinition || !names.has(item.name)) return [];
    if (item.comment?.kind !== 'kernel-doc') return [];
    return [documented(item, item.comment.text, item.comment.line, path)];
  });
}

function* differing(
  what: string,
  ours: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
): Generator<string> {
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(name), theirs.get(name)];
    if (a === b) continue;
    yield `${what} ${name}\n    ours:   ${a ?? '(none)'}\n    theirs: ${b ?? '(none)'}`;
  }
}

/** Where our reading of a comment and the one of the kernel's tool are not the same. */
export function differences(ours: Words, theirs: Words | undefined): string[] {
  if (!theirs) return ['the tool has nothing'];
  return [
    ...differing(
      'the',
      new Map([['purpose', ours.purpose]]),
      new Map([['purpose', theirs.purpose]]),
    ),
    ...differing('parameter', ours.parameters, theirs.parameters),
    ...differing('section', ours.sections, theirs.sections),
  ];
}
