import type { KfuncRecord, State } from '../data/schema/index.ts';
import { type Atlas, newestState } from './atlas.ts';
import { type Life, lifeOf } from './life.ts';
import { programShort } from './programs.ts';
import { type Piece, code, list, say } from './text.ts';

/** One kfunc in a table of kfuncs. */
export interface KfuncRow {
  name: Piece;
  first: string;
  /** `still there`, `deprecated`, `gone in v6.4` */
  status: string;
  word: Life['status'];
  programs: Piece[];
  flags: Piece[];
  /** `replaces x`; empty for most. */
  note: Piece[];
}

/** A row about a kfunc as it is now, or as it last was. */
export function kfuncRow(
  atlas: Atlas,
  record: KfuncRecord,
  state?: State,
  release?: string,
): KfuncRow {
  const life = lifeOf(atlas, record);
  const shown = state ?? newestState(record)?.state;
  return {
    name: code(record.name, atlas.to.kfunc(record.name, release)),
    first: life.first,
    status: life.cell,
    word: life.status,
    programs: programsCell(atlas, record, shown, release),
    flags: list((shown?.flags ?? []).map((f) => [code(f.replace(/^KF_/, ''), atlas.to.flag(f))])),
    note: [],
  };
}

/** More program types than these are only counted, in a table's cell. */
const typesNamed = 4;

/** `XDP, SCHED_CLS`, `16 types`. */
function programsCell(
  atlas: Atlas,
  record: KfuncRecord,
  state: State | undefined,
  release: string | undefined,
): Piece[] {
  const types = state?.programTypes ?? [];
  if (types.length > typesNamed) {
    return [say(`${types.length} types`, atlas.to.kfunc(record.name, release))];
  }
  return list(types.map((t) => [say(programShort(t), atlas.to.program(t))]));
}
