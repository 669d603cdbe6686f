import { type Atlas } from './atlas.ts';
import { filtersOf } from './kfunc/availability.ts';
import { everyProgram, programName, programShort } from './programs.ts';
import { hereIn } from './releases/release.ts';
import { type KfuncRow, kfuncRow } from './rows.ts';
import { type Piece, code, count, list, say } from './text.ts';

/** What `/v6.12/all/` prints: what one may call on a release. */
export interface CallablePage {
  id: string;
  title: string;
  description: string;
  path: string;
  lead: Piece[];
  /** Those for every program type first, then by type. */
  programs: ProgramGroup[];
  /** All, with flags, by name. */
  rows: KfuncRow[];
}

/** What programs of some types may call, besides what all may. */
export interface ProgramGroup {
  /** Types that may call the same; to what each may call in other releases, where it has a page. */
  types: { id: string; title: string; href: string | null }[];
  size: number;
  /** `a, b*, c`: the star says that a filter can refuse it. */
  names: Piece[];
  /** The same of the kernel's selftests, of no use outside its tree. */
  tests: Piece[];
  isFiltered: boolean;
}

export function callablePage(atlas: Atlas, release: string): CallablePage {
  const here = hereIn(atlas, release);
  const types = [...new Set(here.flatMap(({ state }) => state.programTypes))].sort((a, b) =>
    a === everyProgram ? -1 : b === everyProgram ? 1 : a < b ? -1 : 1,
  );
  const callable = types.map((type) => ({
    type,
    kfuncs: here.filter(({ state }) => state.programTypes.includes(type)),
  }));
  const alike = Map.groupBy(callable, ({ type, kfuncs }) =>
    type === everyProgram ? type : kfuncs.map(({ record }) => record.name).join(),
  );
  const programs = [...alike.values()].map((those): ProgramGroup => {
    const { kfuncs } = those[0]!;
    const isStarred = ({ state }: (typeof kfuncs)[number]) => filtersOf(state).length > 0;
    const isTest = ({ state }: (typeof kfuncs)[number]) => state.roles.includes('test');
    const starred = (kfunc: (typeof kfuncs)[number]) => [
      code(kfunc.record.name, atlas.to.kfunc(kfunc.record.name, release)),
      ...(isStarred(kfunc) ? [say('*')] : []),
    ];
    return {
      types: those.map(({ type }) => ({
        id: `programs-${programShort(type).replace(/\W/gu, '.')}`,
        title: type === everyProgram ? 'Every program type' : say(programName(type)).text,
        href: atlas.to.program(type),
      })),
      size: kfuncs.length,
      names: list(kfuncs.filter((kfunc) => !isTest(kfunc)).map(starred)),
      tests: list(kfuncs.filter(isTest).map(starred)),
      isFiltered: kfuncs.some(isStarred),
    };
  });
  return {
    id: release,
    title: `${release}: all kfuncs`,
    description: `Every kfunc of Linux ${release}, by the program types that may call it, and with its flags.`,
    path: atlas.to.all(release),
    lead: [
      say(`${count(here.length, 'kfunc')} in `),
      say(release, atlas.to.release(release)),
      say(', by the program types that may call them, then by name with their flags.'),
    ],
    programs,
    rows: here.map(({ record, state }) => kfuncRow(atlas, record, state, release)),
  };
}
