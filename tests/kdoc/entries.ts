import type { Root } from 'mdast';
import type { Diagnostic } from '../../src/diagnostic.ts';
import type { CFile, CFunction, CMacro } from '../../src/c/types.ts';
import { parseC } from '../../src/c/parse.ts';
import { parseKernelDoc } from '../../src/kdoc/parse.ts';
import type { Declaration, KdocHeader } from '../../src/kdoc/types.ts';

/** A parameter as the C reader has it, or as the kernel's tool names what is none (`void`, `...`). */
export interface EntryParameter {
  name: string;
  /** Its declaration: `char *arg1`; of a macro's the name alone, as the kernel's tool has it. */
  text: string;
  /** What the kernel's tool says of it when the comment does not. */
  given: string | null;
}

/** A kernel-doc comment with what it stands above. */
export interface Entry {
  name: string;
  header: KdocHeader;
  root: Root;
  /** As it stands in the source, delimiters and all. */
  comment: string;
  /** Line of the comment's first character. */
  line: number;
  diagnostics: Diagnostic[];
  /** Null of a `DOC:` block, and of what the C reader has no word for. */
  code: {
    returns: string;
    parameters: EntryParameter[];
    isMacro: boolean;
    isPlain: boolean;
  } | null;
}

/** `/**` alone on its line, as the kernel's tool wants it. tools/lib/python/kdoc/kdoc_parser.py, doc_start. */
const COMMENT = /^[ \t]*\/\*\*[ \t]*\n(?:.*\n)*?.*?\*\/.*$/gm;

function ofFunction(item: CFunction): NonNullable<Entry['code']> {
  const parameters = item.params.map(({ name, type, text }) =>
    type === '...' ? variable('...') : { name, text, given: null },
  );
  return { returns: item.returns, parameters: orVoid(parameters), isMacro: false, isPlain: false };
}

function variable(name: string): EntryParameter {
  const bare = name.length > 3 ? name.slice(0, -3) : name;
  return { name: bare, text: name, given: 'variable arguments' };
}

function orVoid(parameters: EntryParameter[]): EntryParameter[] {
  return parameters.length > 0
    ? parameters
    : [{ name: 'void', text: 'void', given: 'no arguments' }];
}

function ofMacro(macro: CMacro): NonNullable<Entry['code']> {
  const parameters = (macro.params ?? []).map((name) =>
    name.endsWith('...') ? variable(name) : { name, text: name, given: null },
  );
  const isPlain = macro.params === null;
  return {
    returns: '',
    parameters: isPlain ? parameters : orVoid(parameters),
    isMacro: true,
    isPlain,
  };
}

function codeAt(file: CFile, line: number, name: string): Entry['code'] {
  for (const item of file.items) {
    if (item.kind === 'function' && item.comment?.line === line && item.name === name) {
      return ofFunction(item);
    }
  }
  const macro = file.macros.find((m) => m.comment?.line === line && m.name === name);
  return macro?.body ? ofMacro(macro) : null;
}

function declarationOf(name: string, code: Entry['code']): Declaration | undefined {
  if (!code) return undefined;
  const parameters = code.parameters.filter((p) => p.given !== 'no arguments').map((p) => p.name);
  return { name, parameters, returns: code.returns };
}

/** All kernel-doc comments of a file, in its order, `DOC:` blocks too. */
export function readEntries(source: string, path: string): Entry[] {
  // A definition that a test's source leaves open after its brace is one that has no body.
  const file = parseC(source, path).value;
  const entries: Entry[] = [];
  for (const found of source.matchAll(COMMENT)) {
    const comment = found[0].slice(0, found[0].indexOf('*/', 4) + 2).trimStart();
    const line = source.slice(0, found.index).split('\n').length;
    const first = parseKernelDoc(comment).value.children[0];
    if (first?.type !== 'kdocHeader') continue;
    const code = codeAt(file, line, first.name);
    const declaration = declarationOf(first.name, code);
    const { value, diagnostics } = parseKernelDoc(comment, { declaration, line, path });
    const header = value.children[0] as KdocHeader;
    entries.push({ name: header.name, header, root: value, comment, line, diagnostics, code });
  }
  return entries;
}
