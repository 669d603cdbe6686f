import { expect, it } from 'vitest';
import { condToText } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import { normaliseTests } from './normalise.ts';

const types = new Map([
  ['CONFIG_B', 'bool'],
  ['CONFIG_T', 'tristate'],
  ['CONFIG_I', 'int'],
] as const);
const tested = (name: string, test: Extract<Cond, { op: 'symbol' }>['test']): string =>
  condToText(normaliseTests({ op: 'symbol', name, test }, types));

it('says every test of a bool in one way, and knows that it is no module', () => {
  for (const test of ['defined', 'enabled', 'builtin', 'reachable'] as const) {
    expect(tested('CONFIG_B', test)).toBe('CONFIG_B');
  }
  expect(tested('CONFIG_B', 'module')).toBe('0');
  expect(tested('CONFIG_I', 'defined')).toBe('CONFIG_I');
});

it('takes #ifdef of a tristate for built in', () => {
  expect(tested('CONFIG_T', 'defined')).toBe('CONFIG_T=y');
  expect(tested('CONFIG_T', 'enabled')).toBe('CONFIG_T');
  expect(tested('CONFIG_T', 'module')).toBe('CONFIG_T=m');
});

it('leaves a symbol of unknown type as it is', () => {
  expect(tested('CONFIG_X', 'defined')).toBe('CONFIG_X');
  expect(tested('CONFIG_X', 'builtin')).toBe('CONFIG_X=y');
});
