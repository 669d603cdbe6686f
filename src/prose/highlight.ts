import { createHighlighterCoreSync } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import c from 'shiki/langs/c.mjs';
import { markKernelWords } from './kernel-words.ts';
import { visible } from './visible.ts';

/** Tokens of C with a class for the style sheet; null where the text needs no colour. */
export interface CodeToken {
  text: string;
  kind: string | null;
}

/** Class -> scopes of the C grammar. A theme wants colours: each class has one that stands for it. */
const kinds: [kind: string, scopes: string[]][] = [
  ['keyword', ['keyword', 'storage', 'keyword.operator.sizeof']],
  ['type', ['storage.type.built-in', 'support.type', 'entity.name.type']],
  ['function', ['entity.name.function', 'support.function']],
  ['param', ['variable.parameter']],
  ['constant', ['constant']],
  ['string', ['string', 'punctuation.definition.string']],
  ['comment', ['comment', 'punctuation.definition.comment']],
];
const plainColour = '#000000';
const colour = (i: number) => `#00000${i + 1}`;
const kindOf = new Map(kinds.map(([kind], i) => [colour(i), kind]));

const highlighter = createHighlighterCoreSync({
  themes: [
    {
      name: 'classes',
      fg: plainColour,
      bg: '#ffffff',
      settings: [
        ...kinds.map(([, scope], i) => ({ scope, settings: { foreground: colour(i) } })),
        { scope: ['keyword.operator', 'punctuation'], settings: { foreground: plainColour } },
      ],
    },
  ],
  langs: c,
  engine: createJavaScriptRegexEngine(),
});

const cache = new Map<string, CodeToken[]>();

/** The words of C by kind, as they stand. The same text is read once a build: states share prototypes. */
export function codeTokens(text: string): CodeToken[] {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const { tokens } = highlighter.codeToTokens(text, { lang: 'c', theme: 'classes' });
  const read: CodeToken[] = [];
  tokens.forEach((line, i) => {
    if (i > 0) push(read, '\n', null);
    for (const token of line) push(read, token.content, kindOf.get(token.color ?? '') ?? null);
  });
  const result: CodeToken[] = [];
  for (const token of markKernelWords(read)) push(result, token.text, token.kind);
  cache.set(text, result);
  return result;
}

/** Highlights C, with what cannot be seen written out. */
export function highlight(text: string): CodeToken[] {
  return codeTokens(visible(text));
}

function push(tokens: CodeToken[], text: string, kind: string | null): void {
  const last = tokens.at(-1);
  if (last?.kind === kind) last.text += text;
  else tokens.push({ text, kind });
}
