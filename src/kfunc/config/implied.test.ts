import { expect, test } from 'vitest';
import { condToText } from '../../c/condition.ts';
import { parseExpr } from './expression.ts';
import { withoutImplied } from './implied.ts';

const on = (...names: string[]) => names.map((name) => `CONFIG_${name}`).join('|');

/** As Kconfig has it for these: a symbol, and what is on where it is. */
const needs = new Map([
  ['CONFIG_SYSCALL', [on('BPF')]],
  ['CONFIG_JIT', [on('BPF')]],
  ['CONFIG_EVENTS', [on('SYSCALL'), on('KPROBES', 'UPROBES')]],
  ['CONFIG_KPROBES', [on('TRACING')]],
  ['CONFIG_UPROBES', [on('TRACING')]],
  ['CONFIG_HERE', [on('THERE')]],
  ['CONFIG_THERE', [on('HERE')]],
]);

test.each([
  ['CONFIG_BPF && CONFIG_SYSCALL', 'CONFIG_SYSCALL'],
  ['CONFIG_BPF && CONFIG_JIT && CONFIG_SYSCALL', 'CONFIG_JIT && CONFIG_SYSCALL'],
  ['CONFIG_BPF && CONFIG_EVENTS && CONFIG_SYSCALL', 'CONFIG_EVENTS'],
  ['CONFIG_EVENTS && (CONFIG_TRACING || CONFIG_RING)', 'CONFIG_EVENTS'],
  ['(CONFIG_KPROBES || CONFIG_UPROBES) && CONFIG_TRACING', 'CONFIG_KPROBES || CONFIG_UPROBES'],
  ['CONFIG_BPF && CONFIG_SYSCALL=m', 'CONFIG_SYSCALL=m'],
  ['(CONFIG_BPF && CONFIG_SYSCALL) || CONFIG_NET', 'CONFIG_SYSCALL || CONFIG_NET'],
  ['CONFIG_HERE && CONFIG_THERE', 'CONFIG_THERE'],
])('says %s as %s', (long, short) => {
  expect(condToText(withoutImplied(parseExpr(long).value, needs))).toBe(short);
});

test.each([
  'CONFIG_BPF && CONFIG_NET',
  'CONFIG_BPF=y && CONFIG_SYSCALL',
  'CONFIG_BPF && !CONFIG_SYSCALL',
  '!CONFIG_BPF && CONFIG_SYSCALL',
  'CONFIG_EVENTS && CONFIG_KPROBES',
  '(CONFIG_KPROBES || CONFIG_NET) && CONFIG_TRACING',
  'CONFIG_BPF',
])('leaves %s as it is', (expr) => {
  expect(condToText(withoutImplied(parseExpr(expr).value, needs))).toBe(expr);
});
