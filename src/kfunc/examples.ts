import type { Example } from '../data/schema/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { readDocument, type DocumentFacts } from './documents/read-document.ts';
import { byCodeUnit } from './names.ts';

/** The documents about BPF, and those of others that are about kfuncs of theirs. */
const DOCUMENTS =
  /^Documentation\/(?:bpf\/(?:.*\/)?[^/]+|hid\/hid-bpf|networking\/xdp-rx-metadata)\.rst$/;

/** Forty times the longest of the kernel's. */
const LONGEST = 4 * 1024 * 1024;

/** Whether a path is that of a document in which kfuncs may be shown. */
export function isDocument(path: string): boolean {
  return path.startsWith('Documentation/') && DOCUMENTS.test(path);
}

/** What a document shows; null for one that is too long to be a document. */
export function documentFacts(text: string): DocumentFacts | null {
  return text.length > LONGEST ? null : readDocument(text);
}

/** The titles that lead to a section, one a line: the document's, and its own. */
function titlesOf({ title, sections }: DocumentFacts, section: number | null): string | null {
  const own = section === null ? null : sections[section]!.title;
  return own === null || own === title ? own : `${title ?? ''}\n${own}`;
}

/**
 * The places of one release's documents that name one of `names`, by name, in the order of files and
 * lines. `keep` gives the hash of the kernel's own words: titles, and the code.
 *
 * Reported: a document that was too long.
 */
export function examplesOf(
  documents: ReadonlyMap<string, DocumentFacts | null>,
  names: ReadonlySet<string>,
  keep: (text: string) => string,
): { value: Record<string, Example[]>; diagnostics: Diagnostic[] } {
  const found = new Map<string, Example[]>();
  const diagnostics: Diagnostic[] = [];
  for (const [file, facts] of [...documents].sort(([a], [b]) => byCodeUnit(a, b))) {
    if (facts === null) {
      const message = `The document has more than ${LONGEST} characters and was not read.`;
      const at = { release: null, path: file, line: null };
      diagnostics.push({ code: 'too-large', severity: 'warning', ...at, message });
      continue;
    }
    for (const { kind, names: named, section, text } of facts.shown) {
      const anchor = section === null ? null : facts.sections[section]!.anchor;
      const titles = titlesOf(facts, section);
      for (const { name, line } of named.filter((n) => names.has(n.name))) {
        const title = titles === null ? null : keep(titles);
        const hash = text === null ? null : keep(text);
        const list = found.get(name) ?? [];
        found.set(name, list);
        list.push({ file, line, kind, anchor, title, hash });
      }
    }
  }
  for (const list of found.values()) {
    list.sort((a, b) => byCodeUnit(a.file, b.file) || a.line - b.line);
  }
  const value = Object.fromEntries([...found].sort(([a], [b]) => byCodeUnit(a, b)));
  return { value, diagnostics };
}
