/** What the tests of meanings have in common. */
import { expect } from 'vitest';
import { change, datasetOf, entry, state } from '../data/test-dataset.ts';
import type { Change, Param, ReleaseFile, State } from '../data/schema/index.ts';
import { meaningsOf } from './meanings.ts';
import { RULES } from './severity.ts';

export const flagsOf = (...names: string[]): ReleaseFile['flags'] =>
  names.map((name) => ({ name, bit: 0, meaning: null, file: 'include/linux/btf.h', line: 1 }));

export function release(id: string, flags: ReleaseFile['flags']): ReleaseFile {
  return { ...datasetOf([entry(id)], []).releaseFiles[0]!, flags };
}

export const asked = release('v6.12', flagsOf('KF_TRUSTED_ARGS', 'KF_RCU'));
export const byDefault = release('v7.0', flagsOf('KF_RCU'));

/** `rule: text` of each meaning of a change between two releases that ask for trusted arguments. */
export function told(
  kind: Change['kind'],
  was: string[],
  now: string[],
  sides: { was?: State; now?: State; older?: ReleaseFile; newer?: ReleaseFile } = {},
): string[] {
  return meaningsOf(change('v6.13', kind, { was, now }), {
    was: state('v6.12', 'v6.12'),
    now: state('v6.13', null),
    older: asked,
    newer: asked,
    ...sides,
  }).map(({ severity, rule, text }) => {
    expect(RULES[rule as keyof typeof RULES].severity).toBe(severity);
    return `${rule}: ${text}`;
  });
}

export const rules = (...args: Parameters<typeof told>): string[] =>
  told(...args).map((text) => text.split(':', 1)[0]!);

/** `u32 nr, void *buf__sz|suffix` -> a state with that prototype. */
export function declared(params: string, returns = 'int'): State {
  const list = params
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text): Param => {
      const [, type = '', name = ''] = /^(.*?)(\w+)$/.exec(text)!;
      const suffix = /[^_](__\w+)$/.exec(name)?.[1] ?? null;
      return { name, type: type.trim(), suffix, implicit: false };
    });
  const text = `${returns} bpf_lamp(${params})`;
  return state('v6.12', null, {
    prototype: { kernel: text, bpf: text, returns, params: list },
  });
}

export function prototypes(was: string | State, now: string | State): string[] {
  const [a, b] = [was, now].map((side) => (typeof side === 'string' ? declared(side) : side));
  return told('prototype', [], [], { was: a!, now: b! });
}
