import type { StateAt } from '../../src/data/at-release.ts';
import type { KfuncRecord } from '../../src/data/schema/index.ts';
import { declaration } from '../../src/views/kfunc/declaration.ts';

/** The declarations that the pages give for the kfuncs of a release. */
export interface Declarations {
  /** kfunc -> its declaration, for those whose types a `vmlinux.h` has. */
  known: Map<string, string>;
  /** How many of them the header declares as well, so that the compiler holds one against the other. */
  compared: number;
  /** kfuncs with a type that the header does not have, as those of modules. */
  foreign: string[];
}

/** Words of C that are no types of the kernel's. */
const words = new Set(
  (
    'extern const volatile void char short int long signed unsigned float double bool struct union enum ' +
    '__weak __ksym __attribute__ address_space __bpf_fastcall'
  ).split(' '),
);

/** The types that a `vmlinux.h` has: tags of structs, unions and enums, and names of typedefs. */
export function typesOf(header: string): { tags: Set<string>; typedefs: Set<string> } {
  return {
    tags: new Set(
      [...header.matchAll(/\b(?:struct|union|enum) (\w+) [{]|^(?:struct|union) (\w+);/gm)].map(
        (match) => match[1] ?? match[2]!,
      ),
    ),
    typedefs: new Set(
      [
        ...header.matchAll(/^(?:typedef\b.*[ *]|\} )(\w+)(?:\[\w*\])?;$/gm),
        ...header.matchAll(/^typedef .*\(\*(\w+)\)\(/gm),
      ].map((match) => match[1]!),
    ),
  };
}

/** Declares every kfunc of a release against `header`, the text of its `vmlinux.h`. */
export function declarationsOf(
  kfuncs: readonly KfuncRecord[],
  stateAt: StateAt,
  release: string,
  header: string,
): Declarations {
  const { tags, typedefs } = typesOf(header);
  const own = new Set(
    [...header.matchAll(/^extern .*__ksym;$/gm)].flatMap(([line]) =>
      [...line.matchAll(/(\w+)\(/g)].map((match) => match[1]!),
    ),
  );
  const known = new Map<string, string>();
  const foreign: string[] = [];
  for (const record of kfuncs) {
    const state = stateAt(record, release);
    const text = state === undefined ? null : declaration(state);
    if (state === undefined || text === null) continue;
    const names = new Set([record.name, ...state.prototype!.params.map((p) => p.name)]);
    const isForeign =
      !own.has(record.name) &&
      [...text.matchAll(/(?:\b(struct|union|enum)\s+)?\b([A-Za-z_]\w*)/g)].some(([, tag, word]) =>
        tag === undefined
          ? !words.has(word!) && !names.has(word!) && !typedefs.has(word!)
          : !tags.has(word!),
      );
    if (isForeign) foreign.push(record.name);
    else known.set(record.name, text);
  }
  const compared = [...known.keys()].filter((name) => own.has(name)).length;
  return { known, compared, foreign };
}
