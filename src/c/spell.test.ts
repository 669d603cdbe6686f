import { expect, test } from 'vitest';
import { TRUE } from './condition.ts';
import { lex } from './lex.ts';
import { directiveTokens } from './source.ts';
import { spellDeclaration, tokensToText } from './spell.ts';

const tokens = (text: string) => directiveTokens(lex(text, 0, text.length, true), 1, TRUE);

test.each([
  'return a ? b : -c;',
  'x = (u32)y + sizeof(int) * 2;',
  '*p = &q->r[i + 1].s;',
  'if (!(a && b) || ~c) { d++; --e; }',
  'for (i = 0; i < n; i++) f(a, -1, *b);',
  'struct foo *p = (struct foo *)q;',
  'IS_ENABLED(CONFIG_A) ? &x : NULL',
  '{ .set = &x, [0] = 1 }',
  '1 << 0 | KF_A',
  'return -EINVAL;',
  'a * b - c & d',
  'case A: goto out;',
])('an expression is spelled as the kernel does: %s', (text) => {
  expect(tokensToText(tokens(text))).toBe(text);
  expect(tokensToText(tokens(text.replaceAll(' ', '\n\t ')))).toBe(text);
});

test.each([
  'const struct task_struct *p',
  'int (*cb)(void *map, int *key)',
  'bool (less)(struct node *a)',
  'u8 buf[16]',
  'struct foo **p',
  'const char *const *names',
  'void __user *to',
  'int (*(*f)(int a))(long b)',
])('a declaration is spelled as the kernel does: %s', (text) => {
  expect(spellDeclaration(tokens(text))).toBe(text);
  expect(spellDeclaration(tokens(text.replaceAll('*', ' * ').replaceAll(' ', '  ')))).toBe(text);
});
