import { expect, test } from 'vitest';
import { condToText } from '../c/condition.ts';
import { factsOf } from './testing.ts';

/** The conditions of the registrations in a function of these lines. */
function conditionsIn(...lines: string[]): string[] {
  const facts = factsOf({ 'a.c': ['static int init(void)', '{', ...lines, '}'] }).get('a.c')!;
  return facts.registrations.map(({ guard }) => condToText(guard));
}
const call = 'register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &set);';

test('does not take a test for a condition that need not hold, or that comes later', () => {
  expect(
    conditionsIn(
      'if (ret && !IS_ENABLED(CONFIG_A))',
      '\treturn ret;',
      'if (!IS_ENABLED(CONFIG_B))',
      '\tpr_info("without");',
      call,
      'if (!IS_ENABLED(CONFIG_C))',
      '\treturn 0;',
    ),
  ).toEqual(['1']);
});

test('takes a test around a block for all calls in it', () => {
  expect(
    conditionsIn('if (IS_ENABLED(CONFIG_A) && IS_BUILTIN(CONFIG_B)) {', call, call, '}', call),
  ).toEqual(['CONFIG_A && CONFIG_B=y', 'CONFIG_A && CONFIG_B=y', '1']);
});

test.each([
  ['tests', `if (!IS_ENABLED(CONFIG_A)) return 0; ${call}`],
  ['conditions without end', 'if (IS_ENABLED(CONFIG_A) if (IS_ENABLED(CONFIG_A)'],
  ['statements without end', 'if (IS_ENABLED(CONFIG_A)) if (IS_ENABLED(CONFIG_A))'],
])('is not kept busy by thousands of %s', (_, line) => {
  const started = performance.now();
  conditionsIn(...Array.from({ length: 20_000 }, () => line));
  expect(performance.now() - started).toBeLessThan(10_000);
});
