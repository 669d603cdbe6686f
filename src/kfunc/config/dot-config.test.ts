import { expect, it } from 'vitest';
import { evaluate, parseConfig } from './dot-config.ts';
import { parseExpr } from './expression.ts';

const config = parseConfig(
  [
    '# Automatically made',
    'CONFIG_A=y',
    'CONFIG_M=m',
    '# CONFIG_OFF is not set',
    'CONFIG_N=n',
    'CONFIG_HZ=250',
    'CONFIG_TEXT="a=\\"b\\""',
    'CONFIG_EMPTY=""',
    'nonsense',
  ].join('\r\n'),
);
const value = (text: string) => evaluate(parseExpr(text).value, config);

it('reads values and leaves out what is not set', () => {
  expect([...config.keys()]).toEqual([
    'CONFIG_A',
    'CONFIG_M',
    'CONFIG_HZ',
    'CONFIG_TEXT',
    'CONFIG_EMPTY',
  ]);
  expect(config.get('CONFIG_HZ')).toBe('250');
});

it('tells built in, a module and either apart', () => {
  expect(value('CONFIG_A && CONFIG_A=y && !CONFIG_A=m')).toBe(true);
  expect(value('CONFIG_M && CONFIG_M=m && !CONFIG_M=y')).toBe(true);
  expect(value('CONFIG_OFF || CONFIG_N || CONFIG_EMPTY')).toBe(false);
  expect(value('CONFIG_HZ')).toBe(true);
});

it('knows what an unknown part cannot change', () => {
  expect(value('FOO > 3')).toBe('unknown');
  expect(value('!FOO && CONFIG_A')).toBe('unknown');
  expect(value('FOO || CONFIG_A')).toBe(true);
  expect(value('FOO && CONFIG_OFF')).toBe(false);
  expect(value('IS_REACHABLE(CONFIG_M)')).toBe('unknown');
  expect(value('IS_REACHABLE(CONFIG_A)')).toBe(true);
});
