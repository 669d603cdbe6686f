import type { Parents, Root } from 'mdast';
import { blockLines, type Printing } from './block-text.ts';
import type { Entry, EntryParameter } from './entries.ts';
import { inlineText, type Notation } from './inline-text.ts';

/** A comment's text by section and parameter, in the words of the kernel's tool. */
export interface Printed {
  purpose: string;
  /** By name; lines without their indentation, blank ones left out. */
  parameters: Map<string, string[]>;
  sections: Map<string, string[]>;
}

/** Prints what is in the tree, in the notation given; `comment` is what the tree was read from. */
export function printTree(root: Root, comment: string, notation: Notation): Printed {
  const printing: Printing = { comment, notation };
  const lines = (node: Parents) =>
    blockLines(node, printing)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const header = root.children.find((node) => node.type === 'kdocHeader');
  const named = (type: 'kdocParameter' | 'kdocSection') =>
    root.children
      .filter((node) => node.type === 'kdocParameter' || node.type === 'kdocSection')
      .filter((node) => node.type === type)
      .map((node) => [node.name, lines(node)] as const);
  const purpose = inlineText(header?.children ?? [], comment, notation)
    .replace(/\s+/g, ' ')
    .trim();
  const parameters = new Map<string, string[]>(named('kdocParameter'));
  const sections = new Map<string, string[]>(named('kdocSection'));
  if (header?.kind !== 'doc') return { purpose, parameters, sections };
  // The whole of a `DOC:` block is one section, which has the block's title.
  const body = { ...root, children: root.children.slice(1) };
  return { purpose, parameters, sections: new Map([[header.name, lines(body)]]) };
}

function printEntry({ root, comment }: Entry, notation: Notation): Printed {
  return printTree(root, comment, notation);
}

function wordsOf(parameter: EntryParameter, printed: Printed): string[] {
  const found = printed.parameters.get(parameter.name);
  if (found && found.length > 0) return found;
  return [parameter.given ?? '*undescribed*'];
}

function signature({ name, code }: Entry): string {
  if (!code || code.isPlain) return name;
  const parameters = code.parameters.map((p) => (code.isMacro ? '' : p.text)).join(', ');
  return `${code.returns}${code.returns === '' ? '' : ' '}${name} (${parameters})`;
}

/** An entry as the kernel's tool prints it for Sphinx. tools/lib/python/kdoc/kdoc_output.py, RestFormat. */
export function rstOf(entry: Entry): string {
  const printed = printEntry(entry, 'rst');
  const sections = [...printed.sections].flatMap(([name, lines]) => [`**${name}**`, ...lines]);
  if (entry.header.kind === 'doc') return [`.. _${entry.name}:`, ...sections].join('\n');
  const code = entry.code!;
  const top =
    code.returns === ''
      ? [`.. c:macro:: ${entry.name}`, `\`\`${signature(entry)}\`\``]
      : [`.. c:function:: ${signature(entry)}`];
  const parameters = code.parameters.flatMap((parameter) => [
    `\`\`${parameter.text}\`\``,
    ...wordsOf(parameter, printed),
  ]);
  const head = parameters.length > 0 ? ['.. container:: kernelindent', '**Parameters**'] : [];
  return [...top, printed.purpose, ...head, ...parameters, ...sections].join('\n');
}

/** An entry as the kernel's tool prints it for man. tools/lib/python/kdoc/kdoc_output.py, ManFormat. */
export function manOf(entry: Entry, path: string): string {
  const printed = printEntry(entry, 'man');
  const isDoc = entry.header.kind === 'doc';
  const sections = [...printed.sections].flatMap(([name, lines]) => [
    `.SH "${isDoc ? name : name.toUpperCase()}"`,
    ...lines,
  ]);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const top = [`.TH "${entry.name}" 9 "" "${folder}" "Kernel API Manual"`];
  const tail = ['.SH "SEE ALSO"', '.PP', `Kernel file \\fB${path}\\fR`];
  if (isDoc) return [...top, ...sections, ...tail].join('\n');
  const code = entry.code!;
  const { purpose } = printEntry(entry, 'source');
  const arguments_ = code.parameters.map(({ text }, i) => {
    const shown = text.endsWith('*') ? text : `${text} `;
    const end = i === code.parameters.length - 1 ? ');' : ',';
    return `.BI "${i === 0 ? '(' : ''}${shown}" "${end}"`;
  });
  const described = code.parameters.flatMap((parameter) => [
    `.IP "${parameter.name}" 12`,
    ...wordsOf(parameter, printed),
  ]);
  return [
    ...top,
    '.SH NAME',
    `${entry.name} \\- ${purpose}`,
    '.SH SYNOPSIS',
    code.returns === '' ? `.B "${entry.name}` : `.B "${code.returns}" ${entry.name}`,
    ...arguments_,
    ...(code.parameters.length > 0 ? ['.SH ARGUMENTS'] : []),
    ...described,
    ...sections,
    ...tail,
  ].join('\n');
}
