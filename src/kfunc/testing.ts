import { parseC } from '../c/parse.ts';
import { readFileFacts, type FileFacts } from './file-facts.ts';

/** Facts of files given as text, for tests: path -> lines. */
export function factsOf(files: Record<string, string[]>): Map<string, FileFacts> {
  return new Map(
    Object.entries(files).map(([path, lines]) => {
      const text = `${lines.join('\n')}\n`;
      const parsed = parseC(text, path);
      const facts = readFileFacts(parsed.value, text, path);
      return [path, { ...facts, diagnostics: [...parsed.diagnostics, ...facts.diagnostics] }];
    }),
  );
}
