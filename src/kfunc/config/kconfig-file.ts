/** What one Kconfig file declares. Symbols are named as it names them, without `CONFIG_`. */

export type KconfigType = 'bool' | 'tristate' | 'int' | 'hex' | 'string';

/** Symbols of which one at least is on, sorted and joined by `|`. */
export type OneOf = string;

/** One `config` entry; a symbol can have several, in files of several architectures. */
export interface KconfigEntry {
  symbol: string;
  /** null where this entry gives it none. */
  type: KconfigType | null;
  /** What is on wherever this entry turns the symbol on, as far as can be told. */
  needs: OneOf[];
}

export interface KconfigFile {
  /**
   * A line each: symbol, type or `-`, needs. A release has 20,000 of them, which are kept from run to run
   * and of which few are ever looked at (see entryOf).
   */
  entries: string[];
  /** Files that it reads, and what is on where it does. Paths as they are written. */
  sources: { path: string; isRelative: boolean; needs: OneOf[] }[];
}

/** The entry that a line of `entries` tells. */
export function entryOf(line: string): KconfigEntry {
  const [symbol, type, ...needs] = line.split(' ');
  return { symbol: symbol!, type: type === '-' ? null : (type as KconfigType), needs };
}

function lineOf({ symbol, type, needs }: KconfigEntry): string {
  return [symbol, type ?? '-', ...needs].join(' ');
}

const TYPES: Partial<Record<string, KconfigType>> = {
  bool: 'bool',
  boolean: 'bool',
  def_bool: 'bool',
  tristate: 'tristate',
  def_tristate: 'tristate',
  int: 'int',
  hex: 'hex',
  string: 'string',
};

/** Words that open something other than `config`, after which a type or a dependency is no symbol's. */
const OTHER_ENTRY = new Set(['choice', 'endchoice', 'comment', 'menu', 'endmenu', 'mainmenu']);
const SOURCE = /^(o?)(r?)source\s+"([^"]*)"/;

/**
 * Reads a file as scripts/kconfig/parser.y does, for three things: the type of each symbol, what it
 * needs (`depends on`, an `if` around it, and what it selects without a condition of its own), and which
 * other files are read.
 *
 * A symbol that the file only mentions is not in the result. Help texts are passed over: they end where
 * a line is indented less than their first (scripts/kconfig/lexer.l). What is not understood asks for
 * nothing.
 */
export function readKconfigFile(text: string): KconfigFile {
  const entries: KconfigEntry[] = [];
  const sources: KconfigFile['sources'] = [];
  /** Of each `if` and `menu` that is open. */
  const around: { end: string; needs: OneOf[] }[] = [];
  let entry: KconfigEntry | null = null;
  const outer = () => around.flatMap(({ needs }) => needs);
  for (const line of linesOf(text)) {
    const word = /^\S+/.exec(line)![0];
    const rest = line.slice(word.length).trim();
    const source = word.endsWith('source') ? SOURCE.exec(line) : null;
    if (word === 'config' || word === 'menuconfig') {
      const name = /^\w+/.exec(rest)?.[0];
      entry = name === undefined ? null : { symbol: name, type: null, needs: outer() };
      if (entry) entries.push(entry);
    } else if (source) {
      sources.push({ path: source[3]!, isRelative: source[2] === 'r', needs: outer() });
      entry = null;
    } else if (word === 'if') {
      around.push({ end: 'endif', needs: needsOf(rest) });
      entry = null;
    } else if (word === 'endif' || word === 'endmenu') {
      if (around.at(-1)?.end === word) around.pop();
      entry = null;
    } else if (OTHER_ENTRY.has(word)) {
      if (word === 'menu') around.push({ end: 'endmenu', needs: [] });
      entry = null;
    } else if (word === 'depends') {
      const needs = needsOf(rest.replace(/^on\s*/, ''));
      // Right below `menu "…"` it is the menu's.
      if (entry) entry.needs.push(...needs);
      else if (around.at(-1)?.end === 'endmenu') around.at(-1)!.needs.push(...needs);
    } else if (entry !== null) {
      if (word === 'select' && /^\w+$/.test(rest)) entry.needs.push(rest);
      if (Object.hasOwn(TYPES, word)) entry.type ??= TYPES[word]!;
    }
  }
  return { entries: entries.map(lineOf), sources };
}

/** Lines that say something: without help texts, comments and blank ones, continuations joined. */
function* linesOf(text: string): Generator<string> {
  //   help
  //     Text.          helpIndent: 0 before its first line, null outside
  let helpIndent: number | null = null;
  for (const raw of text.replace(/\\\n/g, ' ').split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    if (helpIndent !== null) {
      const indent = indentOf(raw);
      if (helpIndent === 0 && indent > 0) helpIndent = indent;
      if (indent >= helpIndent && indent > 0) continue;
      helpIndent = null;
    }
    if (line === 'help' || line === '---help---') helpIndent = 0;
    else if (!line.startsWith('#')) yield line;
  }
}

const TAB = 0x09;
const SPACE = 0x20;

function indentOf(line: string): number {
  let column = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === TAB) column = (column & ~7) + 8;
    else if (code === SPACE) column++;
    else break;
  }
  return column;
}

/**
 * What an expression asks to be on: `NET && (A || B)` is NET, and one of A and B. Terms with `!`, `=` or
 * anything else are left out.
 */
function needsOf(expression: string): OneOf[] {
  const needs: OneOf[] = [];
  const text = expression.replace(/#.*/, '');
  const alternatives = atTop(text, '||');
  if (alternatives.length > 1) {
    const symbols = alternatives.map(plain);
    if (symbols.every((s) => s !== null)) needs.push([...new Set(symbols)].sort().join('|'));
    return needs;
  }
  for (const term of atTop(text, '&&')) {
    const symbol = plain(term);
    if (symbol !== null) needs.push(symbol);
    else if (isBracketed(term)) needs.push(...needsOf(term.slice(1, -1)));
  }
  return needs;
}

/** A term that is a symbol alone; `y` and `m` are none. */
function plain(term: string): string | null {
  return /^[A-Z0-9_]+$/.test(term) ? term : null;
}

function isBracketed(term: string): boolean {
  return term.startsWith('(') && term.endsWith(')') && atTop(term.slice(1, -1), ')').length === 1;
}

/** Cuts at an operator outside of parentheses; terms are trimmed. */
function atTop(text: string, operator: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (depth === 0 && text.startsWith(operator, i)) {
      terms.push(text.slice(start, i));
      start = i + operator.length;
      i = start - 1;
    } else if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
  }
  terms.push(text.slice(start));
  return terms.map((term) => term.trim());
}
