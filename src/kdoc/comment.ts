/**
 * The words of a C comment: delimiters and the ` * ` margin gone, trailing white space gone, blank
 * lines at both ends gone; indentation inside stays, since it carries meaning in kernel-doc.
 */
export function commentText(raw: string): string {
  const body = raw.startsWith('//')
    ? raw.split('\n').map((line) => line.replace(/^\s*\/\/ ?/, ''))
    : raw
        .replace(/^\/\*+/, '')
        .replace(/\*+\/$/, '')
        .split('\n')
        .map((line, i) => (i === 0 ? line.trimStart() : line.replace(/^\s*\* ?/, '')));
  const lines = body.map((line) => line.trimEnd());
  while (lines.length > 0 && lines[0] === '') lines.shift();
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

/** The text as one line: two texts that differ only in wrapping and white space are the same here. */
export function collapseSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
