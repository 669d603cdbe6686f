import type { CFile, Cond } from '../c/types.ts';

/** What an architecture's bpf_jit_supports_kfunc_call() says. */
export interface JitFacts {
  /** False when its body is `return false`. */
  supported: boolean;
  /** The test in its body; `true` when it always can. */
  cond: Cond;
  line: number;
}

/** Reads the body of bpf_jit_supports_kfunc_call() (arch/…/net/); null when it is not defined here. */
export function readJit(file: CFile): JitFacts | null {
  for (const item of file.items) {
    if (item.kind !== 'function' || item.name !== 'bpf_jit_supports_kfunc_call') continue;
    if (!item.isDefinition) continue;
    const body = item.body.map((t) => t.text);
    const symbol = body.find((text) => text.startsWith('CONFIG_'));
    const cond: Cond = symbol ? { op: 'symbol', name: symbol, test: 'enabled' } : { op: 'true' };
    const supported = symbol !== undefined || body.join(' ') === 'return true ;';
    return { supported, cond, line: item.line };
  }
  return null;
}
