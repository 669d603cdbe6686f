import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import { renderDifference } from './difference.ts';
import { renderProse } from './render.ts';
import { schema } from './schema.ts';
import { context } from './testing.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

function* elements(nodes: readonly Node[]): Generator<DefaultTreeAdapterTypes.Element> {
  for (const node of nodes) {
    if (!('childNodes' in node)) continue;
    yield node;
    yield* elements(node.childNodes);
  }
}

/** What a browser makes of it: text that a reader sees. */
function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) =>
      'value' in node ? node.value : 'childNodes' in node ? textOf(node.childNodes) : '',
    )
    .join('');
}

/** Every way by which a comment's words come to a page. */
function pages(words: string): string[] {
  const comments = [
    words,
    `bpf_lamp_get() - ${words}\n@nr: ${words}\n\n${words}\n\nReturn: ${words}`,
    `bpf_lamp_get() - x\n\nCode::\n\n    ${words.replaceAll('\n', '\n    ')};\n\n- ${words}\n\nterm ${words}\n    ${words}`,
    `bpf_lamp_get() - x\n\n\`\`${words}\`\` *${words}* **${words}** %${words} &${words} @${words} ${words}() :ref:\`${words} <${words}>\` \`${words} <https://x.example/${words}>\`_`,
    `bpf_lamp_get() - x\n\n.. ${words}::\n\n   ${words}\n\n.. code-block:: ${words}\n\n   ${words}\n\n.. _l: ${words}\n\nSee l_ and \`l\`_.`,
    `bpf_lamp_get() - x\n\n====  ====\n${words}  b\n====  ====\nc     ${words}\n====  ====\n`,
  ];
  return [
    ...comments.flatMap((comment) =>
      (['kernel-doc', 'comment'] as const).map(
        (kind) => renderProse(comment, { ...context, kind }).html,
      ),
    ),
    renderDifference(
      { text: `It burns. ${words}`, kind: 'kernel-doc' },
      { text: `It shines. ${words}`, kind: 'comment' },
    )!,
    renderDifference(
      { text: `It burns. ${words}`, kind: 'comment' },
      { text: 'It burns.', kind: 'comment' },
    )!,
  ];
}

const attacks: [what: string, words: string][] = [
  ['a script', '<script>alert(1)</script>'],
  ['a handler', '<img src=x onerror=alert(1)>'],
  ['the end of an attribute', `"'><svg onload=alert(1)>`],
  ['an end of everything', '</p></dd></dl></div></main><h1>Owned</h1><plaintext>'],
  ['a comment of HTML', '<!-- --!> <script>alert(1)</script> -->'],
  ['CDATA', '<![CDATA[<script>alert(1)</script>]]>'],
  ['entities', '&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62; &#x202e; &amp;lt; &nbsp;'],
  ['entities without an end', '&lt &#60 &#x3c &ampersand &copy'],
  ['an address that runs', 'javascript:alert(1)'],
  ['one in a mask', ' java\tscript:alert(1) JAVASCRIPT&colon;alert(1) data:text/html,<b>'],
  ['one of reST', '`click <javascript:alert(1)>`_ and `here <data:text/html,x>`_'],
  ['one of Markdown', '[click](javascript:alert(1)) ![x](https://evil.example/x.png)'],
  ['a label that runs', '.. _bad: javascript:alert(1)'],
  ['a raw directive', '.. raw:: html\n\n   <script>alert(1)</script>'],
  ['a class', '.. class:: evil\n.. role:: raw-html(raw)\n   :format: html'],
  ['an image', '.. image:: https://evil.example/x.png\n   :target: javascript:alert(1)'],
  ['a template', '{{constructor.constructor("alert(1)")()}} ${alert(1)} <%= x %>'],
  ['style', '<style>*{display:none}</style> style="position:fixed"'],
  ['an id', '<a id="main" name="body">x</a>'],
  ['names of JavaScript', '@constructor @__proto__ &toString hasOwnProperty() %valueOf'],
  ['a form', '<form action=https://evil.example><input name=x autofocus onfocus=alert(1)>'],
];

describe('a comment that means harm', () => {
  it.each(attacks)('by %s comes out as words', (_, words) => {
    for (const html of pages(words)) {
      const tree = parseFragment(html);
      for (const { tagName, attrs } of elements(tree.childNodes)) {
        expect(schema.tagNames).toContain(tagName);
        for (const { name, value } of attrs) {
          expect(['href', 'class', 'id', 'role', 'tabindex', 'start', 'scope']).toContain(name);
          if (name === 'href') {
            expect(value).toMatch(
              /^(?:#param-|\/k\/|\/flags\/|https:\/\/(?:source|x)\.example\/|https:\/\/evil\.example\/)/,
            );
          }
        }
      }
      expect(html).not.toMatch(/<(?:script|img|svg|style|form|h1|plaintext)\b/i);
    }
  });

  it.each(attacks.filter(([, words]) => !/^\.\.|[`*@%&]|\t|_/.test(words)))(
    'by %s is there to be read',
    (_, words) => {
      const { html } = renderProse(`bpf_lamp_get() - x\n\nIt says ${words} here`, context);
      expect(textOf(parseFragment(html).childNodes)).toContain(words);
    },
  );

  it('shows entities as they are written', () => {
    const words = '&lt;b&gt; &#x202e; &amp;';
    const { html } = renderProse(words, { ...context, kind: 'comment' });
    expect(textOf(parseFragment(html).childNodes)).toBe(words);
  });

  it.each([
    ['\u202e', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\u200f', 'U+200F'],
    ['\u200b', 'U+200B'],
    ['\u0007', 'U+0007'],
    ['\u001b', 'U+001B'],
    ['\u009b', 'U+009B'],
    ['\ufeff', 'U+FEFF'],
    ['\ud800', 'U+D800'],
  ])('shows %j wherever it stands', (character, name) => {
    for (const html of pages(`la${character}mp`)) {
      expect(html).not.toContain(character);
      expect(html).toContain(`<span class="unprintable">‹${name}›</span>`);
    }
  });

  it('does not hide an address behind a turned direction', () => {
    const { html } = renderProse('See https://x.example/\u202egnp.exe', {
      ...context,
      kind: 'comment',
    });
    expect(html).toContain('href="https://x.example/%E2%80%AEgnp.exe"');
    expect(html).toContain(
      '>https://x.example/<span class="unprintable">‹U+202E›</span>gnp.exe</a>',
    );
  });

  it('gives each id once, whatever is described twice', () => {
    const { html } = renderProse(
      'bpf_lamp_get() - x\n@nr: a\n@nr: b\n\n@nr:\n  c\n\nIt takes\n\n  @nr - d\n  @oil - e\n  @oil - f\n',
      context,
    );
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is rendered in time, however deep or long', () => {
    const long = [
      '- '.repeat(3000),
      '*'.repeat(20_000),
      '`'.repeat(20_000),
      '@nr: x\n'.repeat(3000),
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}- x`).join('\n'),
      'bpf_lamp_put() '.repeat(5000),
      '‹\u202e'.repeat(5000),
    ];
    const start = performance.now();
    for (const words of long) renderProse(words, context);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('is compared in time, however different', () => {
    const words = (seed: number) =>
      Array.from({ length: 8000 }, (_, i) => `w${(i * seed) % 7919}`).join(' ');
    const start = performance.now();
    const html = renderDifference(
      { text: words(31), kind: 'comment' },
      { text: words(37), kind: 'comment' },
    );
    expect(html).toContain('<del>');
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
