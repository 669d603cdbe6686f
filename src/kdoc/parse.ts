import type { RootContent } from 'mdast';
import type { Point, Position } from 'unist';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { parseBlocks } from './block.ts';
import { checkAgainst } from './check.ts';
import { span } from './context.ts';
import { labelsOf } from './explicit.ts';
import { parseInline } from './inline.ts';
import { joinLines, readLines, type CommentLines } from './lines.ts';
import { readSections, type Part, type Sections } from './sections.ts';
import type {
  KdocHeader,
  KdocParameter,
  KdocSection,
  KdocSectionName,
  KernelDocOptions,
  KernelDocRoot,
  Report,
} from './types.ts';

/** More than this is said of no comment. */
const MAX_DIAGNOSTICS = 100;

/** Collects what is said of the comment's lines, as diagnostics of the file that the comment is in. */
export function collect(options: KernelDocOptions): { report: Report; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code, severity, line, message) => {
    if (diagnostics.length >= MAX_DIAGNOSTICS) return;
    const at = line + (options.line ?? 1) - 1;
    diagnostics.push({
      code,
      severity,
      release: null,
      path: options.path ?? null,
      line: at,
      message,
    });
  };
  return { report, diagnostics };
}

export function rootOf(children: RootContent[], end: Point): KernelDocRoot {
  return { type: 'root', children, position: { start: { line: 1, column: 1, offset: 0 }, end } };
}

function headerOf(
  { header, headerLines, purpose }: Sections,
  labels: ReadonlySet<string>,
): KdocHeader | null {
  if (!header) return null;
  const lines = purpose.filter((line) => line.text !== '');
  return {
    type: 'kdocHeader',
    kind: header.kind,
    name: header.name,
    children: parseInline(joinLines(lines), { labels }),
    position: span(headerLines),
  };
}

function partOf(
  part: Part,
  labels: ReadonlySet<string>,
  report: Report,
): KdocParameter | KdocSection {
  const children = parseBlocks(part.lines, report, labels);
  const position: Position = span(part.heading ? [part.heading, ...part.lines] : part.lines);
  if (part.kind === 'section') {
    return { type: 'kdocSection', name: part.name as KdocSectionName, children, position };
  }
  const variadic = part.name.endsWith('...');
  const name = part.name === '...' ? part.name : part.name.replace(/\.{3}$/, '');
  return { type: 'kdocParameter', name, variadic, children, position };
}

/** What is odd about the comment's own form. */
function checkForm(read: CommentLines, comment: string, report: Report): void {
  for (const line of read.bare) report('bad-line', 'warning', line, 'a line without its asterisk');
  if (read.textAtEnd !== null) {
    report(
      'suspicious-ending',
      'warning',
      read.textAtEnd,
      'words on the line that ends the comment',
    );
  }
  if (comment.startsWith('/*') && !/\*\/\s*$/.test(comment.slice(-80))) {
    report('unterminated-comment', 'warning', 1, 'the comment does not end');
  }
}

/**
 * Parses a kernel-doc comment: as it stands in the source, delimiters and all, or without its margin, as
 * `commentText` gives it. Positions are in what was given.
 *
 * The tree holds a `kdocHeader`, then each `kdocParameter`, then each `kdocSection`; of a comment within
 * a struct (`@member: text`) parameters alone. A comment with no kernel-doc header gives the blocks of
 * its prose.
 *
 * Reports what the kernel's tool warns about, never throws, and takes time linear in the comment's size:
 * `not-kernel-doc`, `missing-name`, `missing-purpose`, `duplicate-parameter`, `duplicate-section`,
 * `words-beside-opening`, `blank-line-first`, `bad-line`, `suspicious-ending`, `unterminated-comment`; with `options.declaration` also
 * `name-mismatch`, `missing-parameter`, `excess-parameter`, `missing-return`; of reST
 * `literal-block-expected`, `unknown-directive`, `table-as-it-stands`.
 *
 * tools/lib/python/kdoc/kdoc_parser.py; Documentation/doc-guide/kernel-doc.rst.
 */
export function parseKernelDoc(
  comment: string,
  options: KernelDocOptions = {},
): Parsed<KernelDocRoot> {
  const { report, diagnostics } = collect(options);
  const read = readLines(comment);
  checkForm(read, comment, report);
  const sections = readSections(read.lines, report);
  const labels = labelsOf(read.lines);
  const { header, parts } = sections;
  if (!header && parts.length === 0) {
    const first = read.lines.find((line) => line.text !== '');
    const said = "This comment starts with '/**', but isn't a kernel-doc comment";
    report('not-kernel-doc', 'warning', first?.line ?? 1, said);
    return { value: rootOf(parseBlocks(read.lines, report, labels), read.end), diagnostics };
  }
  if (header?.name === '' && header.kind !== 'enum') {
    report('missing-name', 'warning', sections.headerLines[0]!.line, 'wrong kernel-doc identifier');
  }
  if (header && comment.startsWith('/**') && !read.isDocComment) {
    const said = "the kernel's tool reads no comment that has words beside its opening mark";
    report('words-beside-opening', 'info', 1, said);
  }
  if (header && read.isDocComment && sections.headerLines[0]!.line > 2) {
    report('blank-line-first', 'warning', 2, 'Cannot find identifier on line');
  }
  const { declaration } = options;
  if (header && declaration) {
    checkAgainst(declaration, header, parts, sections.headerLines[0]!.line, report);
  }
  const head = headerOf(sections, labels);
  const nodes = parts.map((part) => partOf(part, labels, report));
  return {
    value: rootOf(
      [
        ...(head ? [head] : []),
        ...nodes.filter((node) => node.type === 'kdocParameter'),
        ...nodes.filter((node) => node.type === 'kdocSection'),
      ],
      read.end,
    ),
    diagnostics,
  };
}
