/**
 * What a parser has to say about input it could not take as it stands. Odd C never throws: parsers
 * return `{ value, diagnostics }`, and the commands print them as `path:line: message`, sorted.
 */
export interface Diagnostic {
  /** Stable, kebab-case: `unterminated-comment`, `set-without-end`, … */
  code: string;
  severity: 'error' | 'warning' | 'info';
  /** Release id (`v6.12`); null while only a blob is known. */
  release: string | null;
  path: string | null;
  /** 1-based; null when it is about the file as a whole. */
  line: number | null;
  message: string;
}

/** A value that was read, and what was odd about its source. */
export interface Parsed<T> {
  value: T;
  diagnostics: Diagnostic[];
}

/** `path:line: message`, the form that editors and terminals link. */
export function formatDiagnostic(d: Diagnostic): string {
  const place = d.path === null ? '' : d.line === null ? `${d.path}: ` : `${d.path}:${d.line}: `;
  const release = d.release === null ? '' : ` [${d.release}]`;
  return `${place}${d.severity}: ${d.message}${release}`;
}

/** Orders diagnostics by path, line, release and message, so that two runs print the same. */
export function sortDiagnostics(list: readonly Diagnostic[]): Diagnostic[] {
  const key = (d: Diagnostic) =>
    `${d.path ?? ''}\0${String(d.line ?? 0).padStart(9, '0')}\0${d.release ?? ''}\0${d.message}`;
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
