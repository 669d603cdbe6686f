/**
 * reStructuredText as the kernel's documents are written in it, as far as it takes to find the code and
 * the kernel-doc that a document shows, and the section in which it does (docutils,
 * parsers/rst/states.py; Documentation/sphinx/kerneldoc.py).
 */
import { Anchors, titleText } from './anchors.ts';
import { callsIn } from '../calls.ts';
import { headingAt } from './headings.ts';
import { blockEnd, dedented, indentOf, isBlank, nextText } from './lines.ts';

/** A heading, with the id that the page made of the document has there. */
export interface Section {
  title: string;
  anchor: string;
}

/** Something that a document shows: a piece of C, or functions of which it prints the kernel-doc. */
export interface Shown {
  kind: 'code' | 'kernel-doc';
  /** What the code calls, or the directive names; with the line (from 1) of the first time. */
  names: { name: string; line: number }[];
  /** Index in `sections`; null before the first heading. */
  section: number | null;
  /** The code, without the indentation that all of it has; null for kernel-doc. */
  text: string | null;
}

export interface DocumentFacts {
  /** The document's own title: its first heading. */
  title: string | null;
  /** The sections that show something. */
  sections: Section[];
  /** In the order of the document. Code that calls nothing is left out. */
  shown: Shown[];
}

const DIRECTIVE = /^\.\. +(?:\|[^|]+\| +)?([A-Za-z0-9](?:[\w.:+-]*[A-Za-z0-9])?) ?::(?:\s+(.*))?$/;
const TARGET = /^\.\. _(?:`([^`]+)`|((?:[^:\\]|\\.|:(?=\S))+)):(?:\s+(.*))?$/;
const FOOTNOTE = /^\.\. \[([^\]\s]+)\](?:\s|$)/;
const OPTION = /^:([\w-]+):(?:\s+(.*))?$/;
const MARKER = /^(?:[*+•‣⁃-]|\(?(?:#|\d{1,9}|[A-Za-z])[.)])\s+/;

/** Where a line of markup is cut: some of the patterns above need the stack for each character. */
const LONGEST_MARKUP = 1000;

/** Directives whose content is code. Highlighted as C unless they say otherwise. */
const CODE = new Set(['code', 'code-block', 'sourcecode', 'parsed-literal']);
const C_LANGUAGES = new Set(['', 'c', 'c++', 'cpp']);
/** Directives whose content is neither text nor code. */
const OPAQUE = new Set(['raw', 'math', 'kernel-render', 'graphviz', 'digraph', 'graph']);
/** Options of `.. kernel-doc::` that name functions; the older one is the same. */
const NAMING = new Set(['identifiers', 'functions']);

/** Reads a document line by line; each line is looked at a fixed number of times. */
class Reader {
  readonly facts: DocumentFacts = { title: null, sections: [], shown: [] };
  private readonly lines: readonly string[];
  private readonly anchors = new Anchors();
  /** The heading above, and its place in `sections` once it shows something. */
  private heading: Section | null = null;
  private section: number | null = null;
  /** The target right before what comes next: `.. _label:`. */
  private label: string | null = null;
  private isInParagraph = false;

  constructor(text: string) {
    this.lines = text.split(/\r?\n/);
    let i = 0;
    while (i < this.lines.length) i = this.step(i);
  }

  /** Reads what begins at line `i`; gives the index of the line after it. */
  private step(i: number): number {
    const line = this.lines[i]!;
    if (isBlank(line)) {
      this.isInParagraph = false;
      return i + 1;
    }
    const { columns, at } = indentOf(line);
    if (columns === 0 && !this.isInParagraph) {
      const heading = headingAt(this.lines, i);
      if (heading !== null) return this.addHeading(heading.title, heading.next);
    }
    const text = line.slice(at).trimEnd();
    if (text === '..' || text.startsWith('.. ')) {
      this.isInParagraph = false;
      return this.explicit(i, columns, text.slice(0, LONGEST_MARKUP));
    }
    this.label = null;
    this.isInParagraph = true;
    this.countReferences(text);
    return text.endsWith('::') ? this.afterColons(i, columns, text) : i + 1;
  }

  private addHeading(title: string, next: number): number {
    const text = titleText(title);
    const { id, isOwn } = this.anchors.named(text);
    // Both are ids of the section; the one with words stays when a heading of that name comes or goes.
    this.heading = { title: text, anchor: isOwn ? id : (this.label ?? id) };
    this.section = null;
    this.label = null;
    this.facts.title ??= text;
    return next;
  }

  /** `.. ` and what it begins: a directive, a target, a footnote or a comment. */
  private explicit(i: number, columns: number, text: string): number {
    const directive = DIRECTIVE.exec(text);
    if (directive !== null) {
      this.label = null;
      return this.directive(i, columns, directive[1]!.toLowerCase(), directive[2] ?? '');
    }
    const target = TARGET.exec(text);
    if (target !== null) {
      const { id } = this.anchors.named((target[1] ?? target[2]!).replaceAll('\\', ''));
      const end = blockEnd(this.lines, i + 1, columns);
      // With an address, on its line or the next, it leads elsewhere.
      const isHere = (target[3] ?? '') === '' && isBlank(this.lines[i + 1] ?? '');
      this.label = isHere ? id : null;
      return isHere ? i + 1 : Math.max(i + 1, end);
    }
    this.label = null;
    const footnote = FOOTNOTE.exec(text);
    if (footnote !== null) {
      this.anchors.named(footnote[1]!);
      return i + 1;
    }
    // A comment ends with its indentation; an empty one takes nothing with it.
    if (text === '..' && isBlank(this.lines[i + 1] ?? '')) return i + 1;
    return blockEnd(this.lines, i + 1, columns);
  }

  private directive(i: number, columns: number, name: string, argument: string): number {
    const isCode = CODE.has(name);
    if (!isCode && name !== 'kernel-doc' && !OPAQUE.has(name)) return i + 1;
    const end = blockEnd(this.lines, i + 1, columns);
    if (name === 'kernel-doc') this.addKernelDoc(i + 1, end);
    if (isCode && C_LANGUAGES.has(argument.trim().toLowerCase())) {
      let from = i + 1;
      while (from < end && OPTION.test(this.lines[from]!.trim())) from++;
      this.addCode(from, end);
    }
    return end;
  }

  /** The names that the options of a `.. kernel-doc::` list, over as many lines as it takes. */
  private addKernelDoc(from: number, end: number): void {
    const names = new Map<string, number>();
    let isNaming = false;
    for (let i = from; i < end && !isBlank(this.lines[i]!); i++) {
      const text = this.lines[i]!.trim();
      const option = OPTION.exec(text);
      if (option !== null) isNaming = NAMING.has(option[1]!);
      if (!isNaming) continue;
      for (const name of (option === null ? text : (option[2] ?? '')).split(/\s+/)) {
        if (/^[A-Za-z_]\w*$/.test(name) && !names.has(name)) names.set(name, i + 1);
      }
    }
    this.add('kernel-doc', null, names);
  }

  /** A paragraph that ends in `::`: what stands deeper after it is code, if it is C. */
  private afterColons(i: number, columns: number, text: string): number {
    if (!isBlank(this.lines[i + 1] ?? '')) return i + 1;
    const from = nextText(this.lines, i + 1);
    let margin = columns;
    let rest = text;
    for (let marker = MARKER.exec(rest); marker !== null; marker = MARKER.exec(rest)) {
      margin += marker[0].length;
      rest = rest.slice(marker[0].length);
    }
    const end = blockEnd(this.lines, from, margin);
    this.isInParagraph = false;
    if (end > from) this.addCode(from, end);
    return Math.max(i + 1, from, end);
  }

  private addCode(from: number, end: number): void {
    const first = nextText(this.lines, from);
    const text = dedented(this.lines.slice(first, end));
    const calls = callsIn(text).map(({ name, line }) => [name, first + line + 1] as const);
    this.add('code', text, new Map(calls));
  }

  private add(kind: Shown['kind'], text: string | null, names: ReadonlyMap<string, number>): void {
    if (names.size === 0) return;
    if (this.section === null && this.heading !== null) {
      this.section = this.facts.sections.push(this.heading) - 1;
    }
    const named = [...names].map(([name, line]) => ({ name, line }));
    this.facts.shown.push({ kind, names: named, section: this.section, text });
  }

  /** References that take an id of the page: to footnotes (`[1]_`), and those that name an address. */
  private countReferences(text: string): void {
    if (!text.includes(']_') && !text.includes('>`_')) return;
    for (const [all, name] of text.matchAll(
      /\[[^\][\s]{1,100}\]_(?!\w)|`([^`<]{1,200})<[^`<>]{1,500}>`_(?!_)/g,
    )) {
      if (name === undefined) this.anchors.numbered();
      else if (all !== '') this.anchors.named(name);
    }
  }
}

/**
 * What a document shows, whatever the release: `text` is reStructuredText of any size. Never throws;
 * what is not understood is passed over.
 */
export function readDocument(text: string): DocumentFacts {
  return new Reader(text).facts;
}
