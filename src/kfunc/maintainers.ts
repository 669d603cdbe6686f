/** Which entry of MAINTAINERS a file belongs to. */
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { matchesPath, parsePattern, type PathPattern } from './path-pattern.ts';

interface Section {
  title: string;
  excluded: PathPattern[];
  /** How many F: and N: lines it has: the fewer, the more it is about these files. */
  breadth: number;
}

interface Rule {
  section: Section;
  pattern: PathPattern;
}

export interface Maintainers {
  /** F: rules by the first part of their path, where that has no wildcard. */
  byTop: Map<string, Rule[]>;
  /** F: rules that begin with a wildcard. */
  anywhere: Rule[];
  /** N: rules: regular expressions on the whole path. */
  named: { section: Section; test: (path: string) => boolean }[];
}

/** The entry that has every file; it tells a reader nothing. */
const REST = 'THE REST';

const MAX_PATTERN = 300;
const MAX_PATH = 400;

/**
 * A test for an N: line. The file is untrusted, and a regular expression can be made to run for ever: one
 * without groups and with few repetitions cannot. Any other is looked for as it is written; null then.
 */
function safeRegex(source: string): RegExp | null {
  const plain = source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  const repetitions = plain.match(/[*+?]/g)?.length ?? 0;
  if (source.length > MAX_PATTERN || /[(){}]/.test(plain) || repetitions > 3) return null;
  // Classes of characters may be repeated, but nothing may refer back.
  if (/\\[1-9k]/.test(source)) return null;
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}

/**
 * Reads MAINTAINERS: entries with their F:, X: and N: lines (scripts/get_maintainer.pl,
 * read_maintainer_file). The title of an entry is the last line before its first tag. K: lines, which are
 * about a file's text, are left alone.
 *
 * Never throws. Reports an N: line whose expression is not used as one (`unused-pattern`).
 */
export function parseMaintainers(text: string): Parsed<Maintainers> {
  const value: Maintainers = { byTop: new Map(), anywhere: [], named: [] };
  const diagnostics: Diagnostic[] = [];
  let title = '';
  let section: Section | null = null;
  text.split('\n').forEach((raw, index) => {
    const letter = raw[1] === ':' ? raw[0]! : '';
    if (letter < 'A' || letter > 'Z') {
      title = raw.trim() || title;
      section = null;
      return;
    }
    const content = raw.slice(2).trim();
    section ??= { title, excluded: [], breadth: 0 };
    if (content === '') return;
    if (letter === 'X') section.excluded.push(parsePattern(content));
    if (letter !== 'F' && letter !== 'N') return;
    section.breadth++;
    if (letter === 'F') addRule(value, { section, pattern: parsePattern(content) });
    else {
      const regex = safeRegex(content);
      if (regex === null) {
        diagnostics.push({
          code: 'unused-pattern',
          severity: 'info',
          release: null,
          path: 'MAINTAINERS',
          line: index + 1,
          message: `The expression of this N: line is looked for as it is written.`,
        });
      }
      const test = regex
        ? (path: string) => path.length <= MAX_PATH && regex.test(path)
        : (path: string) => path.includes(content);
      value.named.push({ section, test });
    }
  });
  return { value, diagnostics };
}

function addRule(value: Maintainers, rule: Rule): void {
  const top = rule.pattern.top;
  if (top === null) value.anywhere.push(rule);
  else {
    const rules = value.byTop.get(top);
    if (rules) rules.push(rule);
    else value.byTop.set(top, [rule]);
  }
}

const RANK = { file: 2, glob: 1, directory: 0 };

/** How many words of a path the title of an entry has: `power` is in POWER MANAGEMENT CORE. */
function wordsInTitle({ title }: Section, path: string): number {
  const lower = title.toLowerCase();
  const words = new Set(path.toLowerCase().split(/[^a-z0-9]+/));
  return [...words].filter((word) => word.length > 2 && lower.includes(word)).length;
}

/** Positive when `a` says more about a path than `b`; 0 for a draw. */
function compare(a: Rule, b: Rule, path: string): number {
  return (
    a.pattern.depth - b.pattern.depth ||
    RANK[a.pattern.kind] - RANK[b.pattern.kind] ||
    a.pattern.literals - b.pattern.literals ||
    wordsInTitle(a.section, path) - wordsInTitle(b.section, path) ||
    b.section.breadth - a.section.breadth
  );
}

/**
 * The title of the most specific entry for a path; null when only THE REST has it.
 *
 * The pattern that goes deepest wins; at equal depth a path with a file's name, then one with wildcards, then
 * a directory; then the one with more literal characters. Entries that name the same path differ in what they
 * are about: the one whose title has more of the path's words wins, then the one with fewer patterns, then
 * the first. An N: line counts only where no F: line does.
 */
export function subsystemOf(maintainers: Maintainers, path: string): string | null {
  const top = path.split('/', 1)[0]!;
  let best: Rule | null = null;
  for (const rule of [...(maintainers.byTop.get(top) ?? []), ...maintainers.anywhere]) {
    if (rule.section.title === REST || !matchesPath(rule.pattern, path)) continue;
    if (rule.section.excluded.some((pattern) => matchesPath(pattern, path))) continue;
    if (best === null || compare(rule, best, path) > 0) best = rule;
  }
  if (best !== null) return best.section.title;
  const named = maintainers.named.find(
    ({ section, test }) =>
      section.title !== REST &&
      test(path) &&
      !section.excluded.some((pattern) => matchesPath(pattern, path)),
  );
  return named?.section.title ?? null;
}
