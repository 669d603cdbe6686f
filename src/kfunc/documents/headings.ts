import { isBlank } from './lines.ts';

/** Longer than any title; what is longer is text to us, and what follows it belongs to the one before. */
const LONGEST = 200;

/** A section's title and the index of the line after it. */
export interface Heading {
  title: string;
  next: number;
}

/** Whether a line is one character of punctuation, repeated: what stands under or over a title. */
function isAdornment(line: string): boolean {
  const first = line.charCodeAt(0);
  const isPunctuation =
    (first > 32 && first < 48) ||
    (first > 57 && first < 65) ||
    (first > 90 && first < 97) ||
    (first > 122 && first < 127);
  if (!isPunctuation) return false;
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) <= 32) end--;
  for (let i = 1; i < end; i++) if (line.charCodeAt(i) !== first) return false;
  return true;
}

/** Whether an adornment is long enough for a title: as long as it, or four characters. */
function reaches(adornment: string, title: string): boolean {
  const { length } = adornment.trimEnd();
  return length >= 4 || length >= title.trim().length;
}

/**
 * The heading that begins at line `i`, where no paragraph goes on.
 *
 *     =====           2.1 Widgets
 *     Title           -----------
 *     =====
 */
export function headingAt(lines: readonly string[], i: number): Heading | null {
  const [first, second, third] = [lines[i]!, lines[i + 1] ?? '', lines[i + 2] ?? ''];
  if (isAdornment(first)) {
    const isFramed =
      !isBlank(second) &&
      second.length <= LONGEST &&
      first.trimEnd() === third.trimEnd() &&
      reaches(first, second);
    return isFramed ? { title: second, next: i + 3 } : null;
  }
  const isTitle =
    /^\S/.test(first) && first.length <= LONGEST && isAdornment(second) && reaches(second, first);
  return isTitle ? { title: first, next: i + 2 } : null;
}
