import { expect, it } from 'vitest';
import { condToText } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import { kconfigTypes, normaliseTests } from './kconfig.ts';

it('reads the type of each symbol that is declared', () => {
  const types = kconfigTypes(
    [
      'menu "Gadgets"',
      'config GADGET',
      '\ttristate "Gadget support"',
      '\tdepends on NET',
      'menuconfig GADGET_BPF',
      '\tbool',
      'config GADGET_AUTO',
      '\tdef_bool y',
      'config GADGET_SIZE',
      '\tint "Size"',
      'config GADGET_BASE',
      '\thex',
      'config GADGET_NAME',
      '\tstring "Name"',
      'config GADGET_OLD',
      '\tdef_tristate m',
      'endmenu',
    ].join('\n'),
  );
  expect(Object.fromEntries(types)).toEqual({
    CONFIG_GADGET: 'tristate',
    CONFIG_GADGET_BPF: 'bool',
    CONFIG_GADGET_AUTO: 'bool',
    CONFIG_GADGET_SIZE: 'int',
    CONFIG_GADGET_BASE: 'hex',
    CONFIG_GADGET_NAME: 'string',
    CONFIG_GADGET_OLD: 'tristate',
  });
});

it('does not take words of a help text for declarations', () => {
  const types = kconfigTypes(
    [
      'config GADGET',
      '\ttristate "Gadget"',
      '\thelp',
      '\t  Say y, and',
      '\t  config OTHER',
      '',
      '\t    bool is what it is.',
      'config REAL',
      '\tbool',
    ].join('\n'),
  );
  expect([...types]).toEqual([
    ['CONFIG_GADGET', 'tristate'],
    ['CONFIG_REAL', 'bool'],
  ]);
});

it('does not give the type of a choice to the symbol before it', () => {
  const types = kconfigTypes('config A\n\tdepends on B\nchoice\n\tbool "Which"\nendchoice\n');
  expect(types.size).toBe(0);
});

it('does not stumble over a file without sense', () => {
  expect(kconfigTypes('config\n\tbool\nhelp\n\0\uFFFD config X\n  tristate').size).toBe(0);
});

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
