import { describe, expect, it } from 'vitest';
import { parseKbuild, type Statement } from './kbuild.ts';

const statements = (...lines: string[]): Statement[] =>
  parseKbuild(lines.join('\n')).value.statements;
const assigned = (...lines: string[]): string[] =>
  statements(...lines).map((s) => (s.kind === 'assign' ? `${s.name} ${s.op} ${s.value}` : s.kind));

describe('parseKbuild', () => {
  it('reads assignments of each kind', () => {
    expect(assigned('a-y := b.o', 'a-y += c.o', 'x = y', 'x ?= z', 'export w::=1')).toEqual([
      'a-y := b.o',
      'a-y += c.o',
      'x = y',
      'x ?= z',
      'w := 1',
    ]);
  });

  it('joins a line that goes on, and keeps the number of its first', () => {
    expect(statements('', 'obj-y := a.o \\', '\t b.o')).toEqual([
      { kind: 'assign', name: 'obj-y', op: ':=', value: 'a.o  b.o', line: 2 },
    ]);
  });

  it('drops a comment, but not a # that belongs to the text', () => {
    expect(assigned('obj-y += a.o # the first', 'X := \\#1', 'Y := $(shell echo "#")')).toEqual([
      'obj-y += a.o',
      'X := \\#1',
      'Y := $(shell echo "#")',
    ]);
  });

  it('does not take a recipe, a rule or a body of define for a statement', () => {
    expect(
      assigned(
        '$(obj)/a.o: CFLAGS := x',
        '$(obj)/table.h: gen FORCE',
        '\tobj-y += wrong.o',
        '',
        '\tobj-y += wrong.o',
        'define body',
        'obj-y += wrong.o',
        'endef',
        'obj-y += right.o',
        '\tobj-y += indented.o',
      ),
    ).toEqual(['obj-y += right.o', 'obj-y += indented.o']);
  });

  it('reads each form of a test', () => {
    const tests = statements(
      'ifeq ($(CONFIG_A)$(CONFIG_B),yy)',
      'else ifneq "$(CONFIG_C)" "m"',
      'else ifdef CONFIG_D',
      'else',
      'endif',
      'ifndef CONFIG_E',
      'endif',
      'ifneq ($(filter y,$(CONFIG_A) $(CONFIG_B)),)',
      'endif',
    ).map((s) => (s.kind === 'if' ? s.branches.map((b) => b.test) : []));
    expect(tests).toEqual([
      [
        { kind: 'eq', left: '$(CONFIG_A)$(CONFIG_B)', right: 'yy' },
        { kind: 'neq', left: '$(CONFIG_C)', right: 'm' },
        { kind: 'def', left: 'CONFIG_D', right: '' },
        null,
      ],
      [{ kind: 'ndef', left: 'CONFIG_E', right: '' }],
      [{ kind: 'neq', left: '$(filter y,$(CONFIG_A) $(CONFIG_B))', right: '' }],
    ]);
  });

  it('reports conditionals without an end or a beginning, and reads on', () => {
    const { value, diagnostics } = parseKbuild('endif\nelse\nifdef A\nobj-y += a.o\nifeq x\n');
    expect(diagnostics.map((d) => [d.line, d.code])).toEqual([
      [1, 'endif-without-if'],
      [2, 'else-without-if'],
      [5, 'unreadable-test'],
      [5, 'unterminated-conditional'],
      [3, 'unterminated-conditional'],
    ]);
    expect(value.statements).toHaveLength(1);
  });

  it('does not fall over nesting or lines without end', () => {
    const deep = `${'ifdef A\n'.repeat(20_000)}obj-y += a.o\n${'endif\n'.repeat(20_000)}`;
    expect(parseKbuild(deep).diagnostics).toEqual([]);
    const long = `obj-y += ${'$('.repeat(100_000)}`;
    expect(parseKbuild(long).diagnostics.map((d) => d.code)).toEqual(['line-too-long']);
  });
});
