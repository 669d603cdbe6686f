import type { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { commentText, parseComment, parseKernelDoc } from './index.ts';

/** Numbers that are the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const PIECES = [
  ...[
    '@id: ',
    '@...: ',
    '@args...: ',
    '@a->b: ',
    '@',
    'Return: ',
    'Returns:',
    'NOTE: ',
    'Context:',
  ],
  ...[
    '- ',
    '* ',
    '1. ',
    '2) ',
    'a. ',
    '(b) ',
    '#. ',
    ':field: ',
    'term',
    '::',
    '.. note:: ',
    '.. ',
  ],
  ...[
    '.. code-block:: c',
    '.. _label: https://example.org/',
    '.. [#one] ',
    '| ',
    '+--+--+',
    '|a |b |',
  ],
  ...['== ==', '====', '``', '`', '*', '**', '%NULL', '&struct s', '&s->m', '@id', '@fp()', 'f()'],
  ...[
    '$HOME',
    ':ref:`',
    '<t>`',
    '`_',
    'label_',
    '[#one]_',
    '\\',
    '&lt;',
    'https://example.org/',
    ';',
  ],
  ...[
    'if (x) {',
    '}',
    'words',
    ' ',
    '  ',
    '        ',
    '\t',
    '\u202e',
    '\0',
    'é',
    '\u{1f427}',
    '/*',
    '*/',
  ],
];

function comment(seed: number): string {
  const next = random(seed);
  const lines = Array.from({ length: 1 + next(14) }, () => {
    const words = Array.from({ length: next(6) }, () => PIECES[next(PIECES.length)]!);
    return ' '.repeat(next(4) * next(3)) + words.join(next(3) === 0 ? ' ' : '');
  });
  const margin = next(10) === 0 ? '' : ' * ';
  const head = next(8) === 0 ? [] : ['bpf_f() - Do it.'];
  return `/**\n${[...head, ...lines].map((line) => margin + line).join('\n')}\n */`;
}

function* positions(root: Nodes): Generator<[Nodes, number, number]> {
  const found: [Nodes, number, number][] = [];
  visit(root, (node) => {
    const { start, end } = node.position ?? {};
    found.push([node, start?.offset ?? -1, end?.offset ?? -1]);
  });
  yield* found;
}

test('3,000 comments of all there is, put together by chance, give trees that hold together', () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const source = comment(seed);
    for (const parse of [parseKernelDoc, parseComment]) {
      const { value } = parse(source);
      for (const [node, from, to] of positions(value)) {
        const where = `${node.type} at ${from}-${to} of comment ${seed}\n${source}`;
        if (from < 0 || to < from || to > source.length) expect.fail(where);
        if (node.type === 'text') {
          // Words stand in the comment as they stand in the tree, but for line feeds and backslashes.
          const written = source.slice(from, to).replace(/[ \t]*\n[ \t]*\*?[ \t]*/g, '\n');
          const plain = (text: string) => text.replace(/\\/g, '');
          // Of a mark-up that leads nowhere only the words are there.
          const isWhole = !written.includes('`');
          if (isWhole && plain(written) !== plain(node.value)) expect.fail(where);
        }
        if ('children' in node) {
          let last = 0;
          for (const child of node.children) {
            const at = child.position?.start.offset ?? -1;
            if (node.type !== 'root' && at < last) expect.fail(where);
            last = at;
          }
        }
      }
    }
  }
});

test('a comment is read the same with its delimiters and without', () => {
  const shape = (root: Nodes): unknown =>
    JSON.stringify(root, (key, value: unknown) => (key === 'position' ? undefined : value));
  for (let seed = 1; seed <= 1000; seed++) {
    const source = comment(seed).replaceAll('*/', '').concat('*/');
    const bare = commentText(source);
    // No margin, or words that look like one.
    if (!source.includes('\n * ') || /^\/[/*]/.test(bare)) continue;
    const [raw, text] = [parseKernelDoc(source).value, parseKernelDoc(bare).value];
    expect(shape(text), `comment ${seed}\n${source}`).toBe(shape(raw));
  }
});
