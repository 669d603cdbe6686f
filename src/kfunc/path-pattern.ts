/** The path patterns of MAINTAINERS' F: and X: lines. */

type Step = string | { kind: 'any' | 'one' } | { kind: 'class'; test: RegExp };

export interface PathPattern {
  text: string;
  kind: 'file' | 'glob' | 'directory';
  /** First part of the path; null when it has a wildcard. */
  top: string | null;
  /** How many slashes there are. */
  depth: number;
  /** How many characters stand for themselves. */
  literals: number;
  /** `**` was written: the number of slashes in a path does not matter. */
  spans: boolean;
  /** null where all characters stand for themselves. */
  steps: Step[] | null;
}

const slashes = (text: string): number => text.split('/').length - 1;

/** `[a-z]` at the start of `text`; null when it is no class that can be read. */
function readClass(text: string): { length: number; test: RegExp } | null {
  const found = /^\[\^?[^\]]+\]/.exec(text);
  if (found === null || found[0].includes('\\')) return null;
  try {
    return { length: found[0].length, test: new RegExp(`^${found[0].replace('[[', '[\\[')}$`) };
  } catch {
    return null;
  }
}

/** Reads what a pattern with a wildcard, or what may be one, is made of. */
function readSteps(text: string): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '*') {
      if (text[i + 1] === '*') i++;
      steps.push({ kind: 'any' });
    } else if (c === '?') steps.push({ kind: 'one' });
    else {
      const read = c === '[' ? readClass(text.slice(i, i + 100)) : null;
      if (read === null) steps.push(c);
      else {
        steps.push({ kind: 'class', test: read.test });
        i += read.length - 1;
      }
    }
  }
  return steps;
}

/** Reads a pattern, as it stands after `F:`. */
export function parsePattern(text: string): PathPattern {
  const read = /[*?[]/.test(text) ? readSteps(text) : null;
  const steps = read?.some((step) => typeof step !== 'string') === true ? read : null;
  const first = text.split('/', 1)[0]!;
  return {
    text,
    kind: text.endsWith('/') ? 'directory' : steps ? 'glob' : 'file',
    top: /[*?[]/.test(first) || !text.includes('/') ? null : first,
    depth: slashes(text),
    literals: steps?.filter((step) => typeof step === 'string').length ?? text.length,
    spans: text.includes('**'),
    steps,
  };
}

/** Whether a path begins with what the steps describe. */
function beginsWith(steps: readonly Step[], path: string): boolean {
  // Back up to the last `*` only: what an earlier one takes, a later one can take as well.
  let star = -1;
  let starAt = 0;
  let at = 0;
  let i = 0;
  while (i < steps.length) {
    const step = steps[i]!;
    const c = path[at];
    if (typeof step !== 'string' && step.kind === 'any') {
      star = i++;
      starAt = at;
    } else if (
      c !== undefined &&
      (typeof step === 'string'
        ? step === c
        : step.kind === 'one' || (step.kind === 'class' && step.test.test(c)))
    ) {
      i++;
      at++;
    } else if (star >= 0 && starAt < path.length) {
      i = star + 1;
      at = ++starAt;
    } else return false;
  }
  return true;
}

/**
 * Whether a pattern covers a path (scripts/get_maintainer.pl, file_match_pattern): one that ends in `/` has
 * all below it; any other has the paths that begin with it and have as many slashes as it, unless it holds
 * `**`. A directory without its slash counts as one with it.
 */
export function matchesPath(pattern: PathPattern, path: string): boolean {
  if (pattern.kind === 'file') {
    if (!path.startsWith(pattern.text)) return false;
    return slashes(path) === pattern.depth || path[pattern.text.length] === '/';
  }
  if (pattern.steps ? !beginsWith(pattern.steps, path) : !path.startsWith(pattern.text)) {
    return false;
  }
  return pattern.kind === 'directory' || pattern.spans || slashes(path) === pattern.depth;
}
