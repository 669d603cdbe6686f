import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { lex } from './lex.ts';
import { scan } from './scan.ts';
import { guardOf, lineAt, lowerBound, makeSource } from './source.ts';
import type { CFile } from './types.ts';

/** More than this is said of no file. */
const MAX_DIAGNOSTICS = 100;

/**
 * Reads a kernel source file: what stands at file scope, with the preprocessor's conditions attached.
 * `text` is the decoded file, `path` its path in the tree (for diagnostics only). Items come in source
 * order; tokens of bodies, arguments and initialisers are made when first asked for.
 *
 * Never throws. Reports what the lexer and the scanner stumble over (see lex.ts and scan.ts), except what
 * the lexer finds under `#if 0`, where anything may stand.
 */
export function parseC(text: string, path: string): Parsed<CFile> {
  const source = makeSource(lex(text), path);
  let diagnostics: Diagnostic[] = [];
  const report = (code: string, at: number, message: string) => {
    if (diagnostics.length >= MAX_DIAGNOSTICS) return;
    const line = lineAt(source, at);
    diagnostics.push({ code, severity: 'warning', release: null, path, line, message });
  };
  let result = scan(source, report, false);
  if (result.isOpen) {
    // Something is never closed and has swallowed what follows: read again, trusting the layout.
    const said = diagnostics;
    diagnostics = [];
    source.guardFrom = [];
    source.guards = [];
    result = scan(source, report, true);
    if (!diagnostics.some((d) => d.code === 'unterminated-body')) {
      diagnostics.push(...said.filter((d) => d.code === 'unterminated-body'));
    }
  }
  for (const { code, at, message } of source.lexed.problems) {
    if (
      guardOf(source, lowerBound(source.lexed.start.subarray(0, source.lexed.count), at)).op !==
      'false'
    ) {
      report(code, at, message);
    }
  }
  const { items, macros, includes } = result;
  return { value: { items, macros, includes }, diagnostics };
}
