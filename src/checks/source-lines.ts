import type { Position } from '../data/schema/index.ts';
import type { Finding, Sources } from './check.ts';
import { byCodeUnit } from './words.ts';

/** A place of a release that the dataset names, and what must be seen there. */
export interface Claim {
  subject: string;
  release: string;
  position: Position;
  /** What is expected there, for the message: `the name`. */
  expected: string;
  holds: (line: string) => boolean;
}

function place({ release, position: { file, line } }: Claim): string {
  return [release, file, String(line).padStart(9, '0')].join('\0');
}

/** Looks every claim up, file by file; those that do not hold are findings. */
export async function* disproved(
  claims: Iterable<Claim>,
  sources: Sources,
): AsyncGenerator<Finding> {
  const inOrder = [...claims].sort((a, b) => byCodeUnit(place(a), place(b)));
  for (const { subject, release, position, expected, holds } of inOrder) {
    const { file, line } = position;
    const text = await sources.line(release, file, line);
    if (text !== undefined && holds(text)) continue;
    const found =
      text === undefined ? 'there is no such line' : `found ${JSON.stringify(text.trim())}`;
    yield { subject, release, message: `is at ${file}:${line}, expected ${expected}, ${found}` };
  }
}
