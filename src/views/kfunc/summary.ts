/** What a kfunc does, in one line: the kernel's words, or else what its facts say. */
import type { KfuncRecord, State } from '../../data/schema/index.ts';
import { readType } from '../../diff/c-type.ts';
import { type Brief, isAbout, renderBrief } from '../../prose/index.ts';
import type { Atlas } from '../atlas.ts';
import { linksAt } from './doc.ts';
import { acquiredType, releasedType } from './related.ts';
import { type Piece, code, count, say } from '../text.ts';

/** The kernel's words above it, in short; null where there are none to show. */
export function briefOf(
  atlas: Atlas,
  { name }: KfuncRecord,
  release: string,
  { doc: { kind, hash }, deprecation }: State,
): Brief | null {
  if (kind === 'none' || hash === null) return null;
  const text = atlas.dataset.prose?.get(hash);
  if (text === undefined || (kind === 'comment' && !isAbout(name, text).about)) return null;
  // A comment that says no more than that it will go does not say what it does.
  const isEnd = (words: string | undefined) =>
    words !== undefined && spaced(words) === spaced(text);
  if (deprecation.some((d) => d.hash !== null && isEnd(atlas.dataset.prose?.get(d.hash)))) {
    return null;
  }
  return renderBrief(text, { name, kind, idPrefix: 'param-', links: linksAt(atlas, release) });
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `Returns a reference to a struct lamp, or NULL. In LAMPS.`, out of flags, prototype and roles. */
export function factSentence(record: KfuncRecord, state: State): Piece[] {
  const where = record.subsystem === null ? [] : [say(` It belongs to ${record.subsystem}.`)];
  return [...whatItDoes(state), ...where];
}

function whatItDoes(state: State): Piece[] {
  const { roles, flags, prototype } = state;
  const isCalled = roles.includes('kfunc') || roles.includes('test');
  if (!isCalled && roles.includes('attach-point')) {
    return [say('An attach point for fmod_ret programs, not a function that programs call.')];
  }
  if (!isCalled && roles.includes('destructor')) {
    return [say('A destructor: the kernel runs it for a kptr that is left in a map.')];
  }
  if (roles.includes('test')) return [say('A function of the kernel’s own selftests.')];
  const orNull = flags.includes('KF_RET_NULL') ? ', or NULL' : '';
  const acquired = acquiredType(state);
  if (acquired !== null)
    return [say('Returns a reference to a '), code(acquired), say(`${orNull}.`)];
  const released = releasedType(state);
  if (released !== null) return [say('Releases a reference to a '), code(released), say('.')];
  if (flags.includes('KF_ITER_NEW')) return [say('Begins an iteration.')];
  if (flags.includes('KF_ITER_NEXT')) return [say('Gives the next element of an iteration.')];
  if (flags.includes('KF_ITER_DESTROY')) return [say('Ends an iteration.')];
  if (prototype === null) return [say('A kfunc whose definition was not found.')];
  const taken = prototype.params.filter((param) => !param.implicit);
  const [object] = taken.filter((param) => readType(param.type).target?.kind === 'struct');
  const others = taken.length - (object === undefined ? 0 : 1);
  const takes =
    taken.length === 0
      ? [say('nothing')]
      : object === undefined
        ? [say(count(others, 'argument'))]
        : [
            say('a '),
            code(object.type),
            ...(others === 0 ? [] : [say(` and ${count(others, 'more argument')}`)]),
          ];
  const gives =
    prototype.returns === 'void' ? [say('nothing')] : [code(prototype.returns), say(orNull)];
  return [say('Takes '), ...takes, say('; returns '), ...gives, say('.')];
}
