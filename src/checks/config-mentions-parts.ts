import type { DatasetCheck } from './check.ts';
import { configSymbols } from './symbols.ts';
import { repeated } from './words.ts';

export const configMentionsParts: DatasetCheck = {
  name: 'config-mentions-parts',
  description:
    'The configuration of a kfunc names only symbols of its parts; each part asks for something, once.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const { expr, parts } = state.config;
      const at = { subject: record.name, release: state.from };
      const told = new Set(parts.flatMap((part) => [...configSymbols(part.expr)]));
      for (const symbol of configSymbols(expr ?? '')) {
        if (!told.has(symbol)) yield { ...at, message: `needs ${symbol}, and no part says why` };
      }
      for (const text of [expr, ...parts.map((part) => part.expr)]) {
        if (text === null) continue;
        if (text === '' || text === '1' || text === '0') {
          yield { ...at, message: `needs ${JSON.stringify(text)}, which is no condition` };
        } else if (!balanced(text)) {
          yield { ...at, message: `needs ${text}, whose parentheses do not close` };
        }
      }
      for (const part of repeated(parts.map((p) => `${p.expr} of ${p.file} (${p.origin})`))) {
        yield { ...at, message: `has the part ${part} twice` };
      }
    }
  },
};

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    if (char === ')' && --depth < 0) return false;
  }
  return depth === 0;
}
