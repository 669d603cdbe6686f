import type { CompiledKfunc } from '../btf/compiled-kfunc.ts';
import type { State } from '../data/schema/index.ts';
import { plainParameter, plainType } from './spelling.ts';

/** Something that the record and the built kernel say differently of one kfunc. */
export interface Difference {
  /** `what it returns`, `parameter 2`, `parameters`, `KF_FASTCALL`. */
  what: string;
  ours: string;
  built: string;
}

/**
 * Where the BPF prototype of a record differs from the built kernel's, beyond the spelling. A record
 * without a prototype differs as a whole.
 */
export function comparePrototypes(state: State, built: CompiledKfunc): Difference[] {
  const { prototype } = state;
  if (prototype === null) {
    return [{ what: 'prototype', ours: 'no definition was found', built: built.prototype }];
  }
  const params = prototype.params.filter(({ implicit }) => !implicit);
  const differences: Difference[] = [];
  if (plainType(prototype.returns) !== plainType(built.returns)) {
    differences.push({ what: 'what it returns', ours: prototype.returns, built: built.returns });
  }
  if (params.length !== built.params.length) {
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ');
    return [
      ...differences,
      { what: 'parameters', ours: names(params) || 'none', built: names(built.params) || 'none' },
    ];
  }
  for (const [i, ours] of params.entries()) {
    const theirs = built.params[i]!;
    const isAlike =
      ours.name === theirs.name && plainParameter(ours.type) === plainParameter(theirs.type);
    if (isAlike) continue;
    differences.push({
      what: `parameter ${i + 1}`,
      ours: `${ours.type} ${ours.name}`,
      built: `${theirs.type} ${theirs.name}`,
    });
  }
  return differences;
}

const ARENA = 'address_space(1)';
const ARENA_FLAGS = ['KF_ARENA_RET', 'KF_ARENA_ARG1', 'KF_ARENA_ARG2'];
const ARENA_SUFFIX = /__arena(?:__nullable)?$/;

/**
 * Where the attributes of a built kernel's kfunc and the flags of the record disagree: `bpf_fastcall` is
 * there for KF_FASTCALL alone; an address space only where KF_ARENA_* or a suffix `__arena…` asks for
 * one, though a builder may leave it out.
 *
 * @param saysFastcall whether whoever built the kernel writes that tag at all
 */
export function compareTags(
  state: State,
  built: CompiledKfunc,
  saysFastcall: boolean,
): Difference[] {
  const differences: Difference[] = [];
  const ours = state.flags.includes('KF_FASTCALL');
  const theirs = built.tags.includes('bpf_fastcall');
  if (saysFastcall && ours !== theirs) {
    const say = (has: boolean) => (has ? 'bpf_fastcall' : 'no bpf_fastcall');
    differences.push({ what: 'KF_FASTCALL', ours: say(ours), built: say(theirs) });
  }
  const [returned, first, second] = ARENA_FLAGS.map((flag) => state.flags.includes(flag));
  const places = [
    { what: 'what it returns', tags: built.returnTags, mayBe: returned },
    ...built.params.map(({ name, tags }, i) => ({
      what: `parameter ${i + 1}, ${name}`,
      tags,
      mayBe: [first, second][i] === true || ARENA_SUFFIX.test(name),
    })),
  ];
  for (const { what, tags, mayBe } of places) {
    if (mayBe === true || !tags.includes(ARENA)) continue;
    differences.push({ what, ours: 'not in an arena', built: ARENA });
  }
  return differences;
}
