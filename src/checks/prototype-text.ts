import type { Param } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';
import { holdsWord } from './words.ts';

/** The texts between the commas of a parameter list; commas inside parentheses do not count. */
export function parametersOf(prototype: string, start: string): string[] | null {
  if (!prototype.startsWith(`${start}(`) || !prototype.endsWith(')')) return null;
  const inner = prototype.slice(start.length + 1, -1);
  if (inner === 'void') return [];
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < inner.length; i++) {
    const char = inner[i]!;
    if (char === '(' || char === '[') depth++;
    if (char === ')' || char === ']') depth--;
    if (char !== ',' || depth !== 0) continue;
    parts.push(inner.slice(from, i).trim());
    from = i + 1;
  }
  return depth === 0 ? [...parts, inner.slice(from).trim()] : null;
}

/** Marks for sparse, which BTF has no room for. */
const MARKS = /\b__(?:user|rcu|percpu|kernel|iomem)\b ?/g;

function declare(type: string, name: string): string {
  return type.endsWith('*') ? `${type}${name}` : `${type} ${name}`;
}

/** `u32 nr` says no more than type and name; `int (*fn)(int)` and `u8 b[4]` have the name inside. */
function agrees(text: string, { name, type }: Param): boolean {
  return /[([]/.test(text) || name === ''
    ? name === '' || holdsWord(text, name)
    : text.replaceAll(MARKS, '') === declare(type, name).replaceAll(MARKS, '');
}

export const prototypeText: DatasetCheck = {
  name: 'prototype-text',
  description:
    'Both prototypes are on one line and say the name, the return type and the parameters that are recorded, BPF’s without the implicit ones and the marks.',
  *check(view) {
    for (const { record, state } of view.states()) {
      if (!state.prototype) continue;
      const { kernel, bpf, returns, params } = state.prototype;
      const at = { subject: record.name, release: state.from };
      const lists = { kernel: params, bpf: params.filter((p) => !p.implicit) };
      for (const side of ['kernel', 'bpf'] as const) {
        const text = side === 'kernel' ? kernel : bpf;
        const start = declare(returns, record.name);
        const told = parametersOf(text, side === 'bpf' ? start.replaceAll(MARKS, '') : start);
        const recorded = lists[side];
        if (told === null) {
          yield { ...at, message: `has a ${side} prototype that does not begin with ${start}(` };
        } else if (told.length !== recorded.length) {
          yield {
            ...at,
            message: `has a ${side} prototype with ${told.length} parameters, recorded are ${recorded.length}`,
          };
        } else {
          const wrong = recorded.findIndex((param, i) => !agrees(told[i]!, param));
          if (wrong !== -1) {
            yield {
              ...at,
              message: `has a ${side} prototype with ${told[wrong]!}, recorded is ${declare(recorded[wrong]!.type, recorded[wrong]!.name)}`,
            };
          }
        }
        if (
          /\s\s|[\n\t]|\b(?:static|__bpf_kfunc|noinline|inline|extern)\b|__attribute__/.test(text)
        ) {
          yield { ...at, message: `has a ${side} prototype with more than a prototype: ${text}` };
        }
      }
      if (bpf !== bpf.replaceAll(MARKS, '')) {
        yield { ...at, message: `has a BPF prototype with marks for sparse: ${bpf}` };
      }
    }
  },
};
