import type { State } from '../../data/schema/index.ts';
import { type CodeToken, highlight } from '../code.ts';
import { declaration, wrapPrototype } from './declaration.ts';

/** A kfunc's prototype as a page shows it, coloured and broken into lines. */
export interface PrototypeView {
  /** What a BPF program pastes; null when no definition was found. */
  declaration: CodeToken[] | null;
  /** The kernel's own, where a program sees another one. */
  kernel: { tokens: CodeToken[]; caption: string } | null;
}

/** `width`: columns there are room for. */
export function viewPrototype(
  state: Pick<State, 'prototype' | 'flags'>,
  width?: number,
): PrototypeView {
  const { prototype } = state;
  const text = declaration(state);
  if (prototype === null || text === null) return { declaration: null, kernel: null };
  const isCut = prototype.params.some((param) => param.implicit);
  return {
    declaration: highlight(wrapPrototype(text, width)),
    kernel:
      prototype.kernel === prototype.bpf
        ? null
        : {
            tokens: highlight(wrapPrototype(prototype.kernel, width)),
            caption: isCut ? 'In the kernel, with what the verifier supplies' : 'In the kernel',
          },
  };
}
