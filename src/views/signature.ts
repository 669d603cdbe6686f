import type { State } from '../data/schema/index.ts';
import type { Atlas } from './atlas.ts';
import { kfuncName } from './change.ts';
import { type Piece, visible } from './text.ts';

/** A prototype on one line, with the kfunc's name in it as the link: `int ` `bpf_f` `(u32 nr)`. */
export interface Signature {
  before: string;
  name: Piece;
  after: string;
}

/** How a BPF program declares it at that release; the name alone where no definition was found. */
export function signatureOf(atlas: Atlas, name: string, release: string, state: State): Signature {
  const piece = kfuncName(atlas, name, release);
  const text = state.prototype?.bpf ?? name;
  const at = text.indexOf(`${name}(`);
  if (at < 0) return { before: '', name: piece, after: '' };
  return {
    before: visible(text.slice(0, at)),
    name: piece,
    after: visible(text.slice(at + name.length)),
  };
}
