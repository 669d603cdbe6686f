import type { Parsed } from '../diagnostic.ts';
import { parseBlocks } from './block.ts';
import { readLines, type Line } from './lines.ts';
import { collect, rootOf } from './parse.ts';
import type { KernelDocOptions, KernelDocRoot } from './types.ts';

/**
 * Parses a comment that is no kernel-doc: paragraphs, lists, code, with kernel-doc's inline mark-up, since
 * such comments have that too. Nothing in it is taken for a header or a section. Positions and the form
 * of `comment` are as of `parseKernelDoc`; reports what reST has to report.
 */
export function parseComment(
  comment: string,
  options: KernelDocOptions = {},
): Parsed<KernelDocRoot> {
  const { report, diagnostics } = collect(options);
  const read = readLines(comment);
  return { value: rootOf(parseBlocks(read.lines.map(withoutRule), report), read.end), diagnostics };
}

/** A line of nothing but asterisks, dashes or equals signs frames a comment and says nothing. */
function withoutRule(line: Line): Line {
  return /^[*=#~_-]{4,}$/.test(line.text) ? { ...line, text: '' } : line;
}
