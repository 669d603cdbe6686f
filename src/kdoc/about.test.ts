import { describe, expect, test } from 'vitest';
import { isAbout } from './about.ts';

describe('a plain comment above a function is about it', () => {
  test.each([
    ['names it', '/* bpf_widget_get - Take a widget */'],
    ['says what it does', '/* Takes a reference, which bpf_widget_put() gives back. */'],
    ['says how it must be called', '/* Must be called with the lock of the widget held. */'],
    [
      'says why its prototype is what it is',
      '/* Keep u64 here, so that programs need no header. */',
    ],
    ['says how long it stays', '/* COMPAT: goes away with the next release. */'],
    ['is headed by a slip of its name', '/* bpf_wigdet_get - Take a widget */'],
    ['is headed by its former name', '/* widget_hold() - Take a widget */'],
    ['names it among several', '/* These functions, bpf_widget_get() and the next, do nothing. */'],
    ['speaks of functions that it calls', '/* Calls the functions of a widget in turn. */'],
    ['has one line that ends as code does', '/* See also widget_find(); */'],
  ])('when it %s', (_, comment) => {
    expect(isAbout('bpf_widget_get', comment).about).toBe(true);
  });
});

describe('a plain comment above a function is not about it', () => {
  test.each([
    ['opens a part of the file', '/* kfuncs for widgets start here */', 'part of the file'],
    ['is the title of a part', '/* Widget kfuncs */', 'several'],
    ['is the title of helpers', '/*\n * Common helper functions of widgets.\n */', 'several'],
    ['counts the functions below', '/* The next 2 ones only fail. */', 'several'],
    ['speaks of all that follow', '/* Not for use. These kfuncs are tests. */', 'several'],
    ['is framed', '/* ---- widgets ---- */', 'banner'],
    ['is framed over several lines', '/*\n * =======\n * Widgets\n * =======\n */', 'banner'],
    ['is a line', '/* ------------------ */', 'no words'],
    ['is empty', '/* */', 'no words'],
    ['says what protects a variable', '/* protected by widget_lock */', 'lock'],
    ['is for a tool', '/* clang-format off */', 'tool'],
    ['is a licence', '// SPDX-License-Identifier: GPL-2.0', 'tool'],
    ['repeats a condition', '/* CONFIG_WIDGETS */', 'condition'],
    ['is a note for later', '/* FIXME: takes too long */', 'change the code'],
    ['is code that was put away', '/*\n * if (widget)\n *         return widget->id;\n */', 'code'],
  ])('when it %s', (_, comment, reason) => {
    const found = isAbout('bpf_widget_get', comment);
    expect(found).toEqual({ about: false, reason: expect.stringContaining(reason) as string });
  });
});

test('a name inside of another is not named', () => {
  const comment = '/* Widget kfuncs such as bpf_widget_get_all */';
  expect(isAbout('bpf_widget_get', comment).about).toBe(false);
});

test('a comment without its delimiters is read the same', () => {
  expect(isAbout('f', 'kfuncs for widgets start here').about).toBe(false);
  expect(isAbout('f', 'Takes a widget.').about).toBe(true);
});

test('a megabyte of one letter takes no time', () => {
  const start = performance.now();
  isAbout('f', 'a'.repeat(1 << 20));
  isAbout('f', '-'.repeat(1 << 20));
  isAbout('f', 'a '.repeat(1 << 19));
  expect(performance.now() - start).toBeLessThan(500);
});
