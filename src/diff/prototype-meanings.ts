import type { Param, Prototype } from '../data/schema/index.ts';
import { readType, type CType } from './c-type.ts';
import { meaning, RULES, SUCCEEDED, SUFFIXES } from './severity.ts';
import { SEVERITIES, type Meaning } from './types.ts';
import { words } from './words.ts';

/**
 * What another prototype means, parameter by parameter in their order, as BTF has them: those that the
 * verifier supplies are none. Nothing is said where a definition was not found.
 */
export function prototypeMeanings(was: Prototype | null, now: Prototype | null): Meaning[] {
  if (was === null || now === null) return [];
  if (was.bpf === now.bpf) return [meaning('kernel-prototype-changed')];
  const [before, after] = [seen(was), seen(now)];
  const meanings = [
    ...numberMeanings(before, after),
    ...pairs(before, after).flatMap(([a, b]) => paramMeanings(a, b)),
    ...typeMeanings(was.returns, now.returns, null),
  ];
  return meanings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function seen({ params }: Prototype): Param[] {
  return params.filter(({ implicit }) => !implicit);
}

/** A parameter's name without its suffix, but for one that says whose size it is: `data__sz`. */
function stem({ name, suffix }: Param): string {
  if (suffix === null || !name.endsWith(suffix)) return name;
  const base = name.slice(0, -suffix.length);
  return suffix === '__sz' || suffix === '__szk' ? `${base}__sz` : base;
}

/** Of as many parameters each with the one in its place, which is what BTF goes by; else by name. */
function pairs(was: readonly Param[], now: readonly Param[]): [Param, Param][] {
  if (was.length === now.length) return was.map((param, i) => [param, now[i]!]);
  return was.flatMap((param): [Param, Param][] => {
    const other = now.find((candidate) => stem(candidate) === stem(param));
    return other === undefined ? [] : [[param, other]];
  });
}

function numberMeanings(was: readonly Param[], now: readonly Param[]): Meaning[] {
  const difference = now.length - was.length;
  if (difference === 0) return [];
  const isMore = difference > 0;
  const [some, others] = isMore ? [now, was] : [was, now];
  const names = some.map(stem).filter((name) => others.every((other) => stem(other) !== name));
  const n = Math.abs(difference);
  const told =
    names.length === n && names.every((name) => name !== '')
      ? `${n === 1 ? 'one' : n} ${isMore ? 'more' : 'fewer'} argument${n === 1 ? '' : 's'}, ${words(names)}`
      : `${now.length} argument${now.length === 1 ? '' : 's'} instead of ${was.length}`;
  return [meaning(isMore ? 'parameter-added' : 'parameter-removed', `takes ${told}`)];
}

function paramMeanings(was: Param, now: Param): Meaning[] {
  const meanings = [...typeMeanings(was.type, now.type, now), ...suffixMeanings(was, now)];
  if (was.name === now.name || stem(was) === stem(now)) return meanings;
  return [...meanings, meaning('parameter-renamed', `calls ${stem(was)} ${stem(now)}`)];
}

/** Of a parameter that is spelled otherwise: what the verifier learned to read is told by an event. */
function suffixMeanings(was: Param, now: Param): Meaning[] {
  if (was.suffix === now.suffix || was.name === now.name) return [];
  if (SUCCEEDED.some(([a, b]) => was.suffix === a && now.suffix === b)) {
    return [meaning('suffix-looser', `${now.name} has ${now.suffix!} in place of ${was.suffix!}`)];
  }
  const [gained, lost] = [now.suffix, was.suffix];
  const unknown = (suffix: string, says: string): Meaning =>
    meaning('suffix-stricter', `${now.name} ${says} ${suffix}, of which nothing is known here`);
  if (gained !== null) {
    const suffix = SUFFIXES[gained];
    if (suffix === undefined) return [unknown(gained, 'ends in')];
    return [meaning(suffix.gained, `${now.name} ${suffix.with}`)];
  }
  const suffix = SUFFIXES[lost!];
  if (suffix === undefined) return [unknown(lost!, 'no longer ends in')];
  return [meaning(suffix.lost, `${now.name} ${suffix.without}`)];
}

/** `param` is null for what is returned. */
function typeMeanings(was: string, now: string, param: Param | null): Meaning[] {
  if (was === now) return [];
  const name = param === null ? null : param.name || 'an argument';
  const told = name === null ? `returns ${now}, not ${was}` : `takes ${now} as ${name}, not ${was}`;
  const rule = typeRule(readType(was), readType(now), param !== null);
  if (rule === 'integer-respelled' || rule === 'const-changed') return [meaning(rule)];
  return [meaning(rule, told)];
}

function typeRule(was: CType, now: CType, isTaken: boolean): keyof typeof RULES {
  let [a, b, depth] = [was, now, 0];
  while (a.target !== null && b.target !== null) [a, b, depth] = [a.target, b.target, depth + 1];
  if (a.kind === b.kind && a.name === b.name) return 'const-changed';
  if (a.kind === 'unknown' || b.kind === 'unknown') return 'type-changed';
  if (a.kind !== b.kind) return 'incompatible-type';
  if (a.kind === 'integer') {
    return a.bits === b.bits ? 'integer-respelled' : 'integer-changed';
  }
  if (a.kind === 'enum') return 'integer-respelled';
  if (depth !== 1 || a.kind === 'function') return 'type-changed';
  return isTaken ? 'struct-changed' : 'returned-struct-changed';
}
