import { expect, test } from 'vitest';
import { isProgramPath, programCalls, usersOf } from './programs.ts';

test.each([
  ['tools/testing/selftests/bpf/progs/lamp.c', true],
  ['tools/sched_ext/include/scx/lamp.bpf.h', true],
  ['samples/hid/lamp.bpf.c', true],
  ['drivers/hid/bpf/progs/lamp.h', true],
  ['kernel/bpf/preload/lamp.bpf.c', true],
  ['kernel/bpf/helpers.c', false],
  ['drivers/progs.c', false],
  ['tools/lamp.rs', false],
])('%s is a place for programs: %s', (path, is) => {
  expect(isProgramPath(path)).toBe(is);
});

test('takes a program by what only programs have, and what it calls', () => {
  const program = `
#include "vmlinux.h"
extern struct lamp *bpf_lamp_get(u32 nr) __ksym;
/* bpf_lamp_off(lamp) is for others. */
SEC("xdp")
int dim(struct xdp_md *ctx)
{
	struct lamp *lamp = bpf_lamp_get(1);

	if (lamp)
		bpf_lamp_dim (lamp, "bpf_lamp_on()");
	return XDP_PASS;
}
`;
  expect(programCalls(program)).toEqual(['SEC', 'bpf_lamp_dim', 'bpf_lamp_get']);
});

test('takes no program for one that runs beside it, and none from an empty file', () => {
  const runner = '#include <stdio.h>\nint main(void)\n{\n\treturn bpf_lamp_get(1) != 0;\n}\n';
  expect(programCalls(runner)).toBeNull();
  expect(programCalls('')).toBeNull();
});

test('gives the users of each kfunc by path, and no other function', () => {
  const programs = new Map([
    ['tools/b.bpf.c', ['bpf_lamp_get', 'printk']],
    ['tools/c.c', null],
    ['samples/a.bpf.c', ['bpf_lamp_get']],
  ]);
  expect(usersOf(programs, new Set(['bpf_lamp_get', 'bpf_lamp_off']))).toEqual({
    bpf_lamp_get: ['samples/a.bpf.c', 'tools/b.bpf.c'],
  });
});

test('takes a name of an object for a name like any other', () => {
  const programs = new Map([['tools/a.bpf.c', ['__proto__', 'constructor']]]);
  const users = usersOf(programs, new Set(['constructor']));
  expect(Object.keys(users)).toEqual(['constructor']);
});
