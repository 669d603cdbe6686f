import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../diagnostic.ts';
import { condToText } from './condition.ts';
import { parseC } from './parse.ts';
import { tokensToText } from './spell.ts';
import type { CFile, CItem, Cond, Token } from './types.ts';

const folder = new URL('./fixtures/', import.meta.url);
const text = (tokens: readonly Token[]) => tokensToText(tokens);
/** Left out where it says nothing. */
const guarded = (guard: Cond) => (guard.op === 'true' ? undefined : condToText(guard));
const some = <T>(list: T[]) => (list.length > 0 ? list : undefined);

/** An item in few words, for a reader. */
function told(item: CItem): unknown {
  const { kind, name, line } = item;
  const common = { [kind]: name, line, guard: guarded(item.guard) };
  switch (item.kind) {
    case 'function':
      return {
        ...common,
        startLine: item.startLine === line ? undefined : item.startLine,
        returns: item.returns,
        params: item.params.map((p) => ({ name: p.name, type: p.type, text: p.text })),
        is: [
          item.isStatic ? 'static' : '',
          item.isInline ? 'inline' : '',
          item.isDefinition ? 'definition' : 'declaration',
        ].filter((word) => word !== ''),
        attributes: some(item.attributes),
        comment: item.comment ?? undefined,
        body: item.isDefinition ? text(item.body) : undefined,
        bodyComments: some(item.bodyComments.map((c) => c.text)),
      };
    case 'variable':
      return {
        ...common,
        type: item.type,
        is: some(
          [item.isStatic ? 'static' : '', item.isArray ? 'array' : ''].filter((w) => w !== ''),
        ),
        fields: some(
          item.fields.map((f) => ({
            [f.name]: text(f.value),
            line: f.line,
            guard: guarded(f.guard),
          })),
        ),
        initialiser: item.initialiser.length > 0 ? text(item.initialiser) : undefined,
      };
    case 'invocation':
      return { ...common, args: item.args?.map(text) ?? null };
  }
}

/** One fact a line, so that a change of the parser reads as a change of these lines. */
function snapshot(file: CFile, diagnostics: string[]): string {
  const lists = {
    items: file.items.map(told),
    macros: file.macros.map((m) => ({
      macro: m.name,
      line: m.line,
      guard: guarded(m.guard),
      params: m.params ?? undefined,
      body: m.body === null ? null : text(m.body),
      comment: m.comment ?? undefined,
    })),
    includes: file.includes.map((i) => ({ ...i, guard: guarded(i.guard) })),
    diagnostics,
  };
  const lines = Object.entries(lists).map(([name, list]) => {
    const rows = list.map((row) => `    ${JSON.stringify(row)}`);
    return `  ${JSON.stringify(name)}: [${rows.length > 0 ? `\n${rows.join(',\n')}\n  ` : ''}]`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

describe('reads each construct as the fixture beside it tells', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.c'));
  test.each(files)('%s', async (name) => {
    const { value, diagnostics } = parseC(readFileSync(new URL(name, folder), 'utf8'), name);
    const result = snapshot(value, diagnostics.map(formatDiagnostic));
    await expect(result).toMatchFileSnapshot(`./fixtures/${name}.json`);
  });
});
