import type { Code } from 'mdast';
import { leastIndent, span, trimBlank } from './context.ts';
import type { Line } from './lines.ts';

/** The lines as they stand, the indentation that all share taken away. */
export function codeOf(
  lines: readonly Line[],
  lang: string | null = null,
  meta: string | null = null,
): Code {
  const kept = trimBlank(lines);
  const base = leastIndent(kept);
  const value = kept
    .map((line) => (line.text === '' ? '' : ' '.repeat(line.indent - base) + line.text))
    .join('\n');
  return { type: 'code', lang, meta, value, position: span(kept) };
}

const STATEMENT = /[;{}]$|^(?:#\s*(?:if|else|endif|define|include)\b|\/\/|\/\*)/;
const LEADS =
  /^(?:(?:if|for|while|switch|bpf_for_each|bpf_for) ?\(.*\)?$|else\b|do$|case\b.*:$|default:$|return\b)|[,(]$|^}|\)$|^[.\w]+:$/;

/**
 * Whether lines that no mark-up calls code are code all the same: each looks like C, and one at least
 * like a statement that does something.
 *
 *     if (eth == buffer)
 *             bpf_dynptr_write(&ptr, 0, buffer, sizeof(buffer), 0);
 */
export function looksLikeCode(lines: readonly Line[]): boolean {
  const texts = lines.map((line) => line.text).filter((text) => text !== '');
  const isComment = (text: string) => /^\/\/|^\/\*.*\*\/$|^\/\* /.test(text);
  return (
    texts.every((text) => STATEMENT.test(text) || LEADS.test(text)) &&
    texts.some((text) => (STATEMENT.test(text) && /[=({]|^return\b/.test(text)) || isComment(text))
  );
}
