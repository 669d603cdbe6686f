import { createHighlighterCoreSync } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import c from 'shiki/langs/c.mjs';
import { visible } from './text.ts';

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
  ['comment', ['comment']],
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

/** Highlights C. The same text is read once a build: most states of a kfunc share their prototype. */
export function highlight(text: string): CodeToken[] {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const { tokens } = highlighter.codeToTokens(visible(text), { lang: 'c', theme: 'classes' });
  const result: CodeToken[] = [];
  tokens.forEach((line, i) => {
    if (i > 0) push(result, '\n', null);
    for (const token of line) push(result, token.content, kindOf.get(token.color ?? '') ?? null);
  });
  cache.set(text, result);
  return result;
}

function push(tokens: CodeToken[], text: string, kind: string | null): void {
  const last = tokens.at(-1);
  if (last?.kind === kind) last.text += text;
  else tokens.push({ text, kind });
}

/** What a BPF program writes to call it: `extern int f(int a) __weak __ksym;`. */
export function declaration(prototype: string): string {
  return `extern ${prototype} __weak __ksym;`;
}

/** Breaks a prototype of more than `width` columns after its opening parenthesis and its commas. */
export function wrapPrototype(prototype: string, width = 80): string {
  if (prototype.length <= width) return prototype;
  const open = prototype.indexOf('(');
  const close = prototype.lastIndexOf(')');
  if (open < 0 || close < open) return prototype;
  const params = splitParams(prototype.slice(open + 1, close));
  if (params.length < 2) return prototype;
  const head = prototype.slice(0, open + 1);
  const gap = head.length <= 48 ? ' '.repeat(head.length) : '        ';
  const first = gap.length === head.length ? '' : `\n${gap}`;
  const lines: string[] = [];
  for (const param of params) {
    const joined = lines.length === 0 ? param : `${lines.at(-1)!}, ${param}`;
    if (lines.length > 0 && gap.length + joined.length < width) lines[lines.length - 1] = joined;
    else lines.push(param);
  }
  return `${head}${first}${lines.join(`,\n${gap}`)}${prototype.slice(close)}`;
}

function splitParams(text: string): string[] {
  const params: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[') depth++;
    if (c === ')' || c === ']') depth--;
    if (c === ',' && depth === 0) {
      params.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [...params, text.slice(from).trim()];
}
