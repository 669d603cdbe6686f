/** How docutils measures white space: a tab reaches to the next multiple of eight. */
const TAB = 8;

/** Deeper indentation than anybody writes is taken for this, so that no line grows without end. */
const DEEPEST = 1000;

/** A line's indentation, in columns, and where its text begins. */
export function indentOf(line: string): { columns: number; at: number } {
  let columns = 0;
  let at = 0;
  for (; at < line.length; at++) {
    const c = line.charCodeAt(at);
    if (c === 32) columns++;
    else if (c === 9) columns += TAB - (columns % TAB);
    else break;
  }
  return { columns: Math.min(columns, DEEPEST), at };
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Index of the first line from `from` on that is not blank; the number of lines when all are. */
export function nextText(lines: readonly string[], from: number): number {
  let i = from;
  while (i < lines.length && isBlank(lines[i]!)) i++;
  return i;
}

/**
 * Where the lines end that begin at `from` and stand deeper than `columns`, blank ones between them
 * included: the index after the last that is not blank.
 */
export function blockEnd(lines: readonly string[], from: number, columns: number): number {
  let end = from;
  for (let i = from; i < lines.length; i++) {
    if (isBlank(lines[i]!)) continue;
    if (indentOf(lines[i]!).columns <= columns) break;
    end = i + 1;
  }
  return end;
}

/** The text of a block without the indentation that all its lines share; tabs in front are spaces then. */
export function dedented(lines: readonly string[]): string {
  const measured = lines.map((line) => ({ line, blank: isBlank(line), ...indentOf(line) }));
  const shared = measured.reduce(
    (least, { blank, columns }) => (blank ? least : Math.min(least, columns)),
    DEEPEST,
  );
  return measured
    .map(({ line, blank, columns, at }) =>
      blank ? '' : ' '.repeat(columns - shared) + line.slice(at).trimEnd(),
    )
    .join('\n');
}
