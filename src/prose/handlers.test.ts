import type { PhrasingContent, Root, RootContent } from 'mdast';
import { describe, expect, it } from 'vitest';
import type { KdocBlock, KdocReference } from '../kdoc/index.ts';
import { renderTree } from './render.ts';
import { context } from './testing.ts';
import type { ProseContext } from './types.ts';

function html(nodes: RootContent[], more: Partial<ProseContext> = {}): string {
  const tree: Root = { type: 'root', children: nodes };
  return renderTree(tree, { ...context, ...more }).replace(/\n/g, '');
}

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const words = (value: string): KdocBlock => ({ type: 'paragraph', children: [text(value)] });
const inline = (node: PhrasingContent, more?: Partial<ProseContext>) =>
  html([{ type: 'paragraph', children: [node] }], more).replace(/^<p>|<\/p>$/g, '');
const reference = (kind: KdocReference['kind'], target: string, value = target): KdocReference => ({
  type: 'kdocReference',
  kind,
  target,
  value,
});

describe('a header', () => {
  const header = (children: PhrasingContent[]): RootContent => ({
    type: 'kdocHeader',
    kind: 'function',
    name: 'bpf_lamp_get',
    children,
  });

  it('is its purpose', () => {
    expect(html([header([text('take a lamp')])])).toBe('<p class="purpose">take a lamp</p>');
  });

  it('is nothing without one', () => {
    expect(html([header([])])).toBe('');
  });
});

describe('parameters and sections', () => {
  const parameter = (name: string, variadic = false): RootContent => ({
    type: 'kdocParameter',
    name,
    variadic,
    children: [words('a lamp')],
  });

  it('are one list, of which the parameters are a part', () => {
    const section: RootContent = {
      type: 'kdocSection',
      name: 'Return',
      children: [words('a lamp')],
    };
    expect(html([parameter('nr'), section])).toBe(
      '<dl class="parts">' +
        '<div><dt>Parameters</dt><dd><dl class="terms">' +
        '<dt id="param-nr"><code>nr</code></dt><dd><p>a lamp</p></dd></dl></dd></div>' +
        '<div><dt>Return</dt><dd><p>a lamp</p></dd></div></dl>',
    );
  });

  it('are nothing but words where there is a Description alone', () => {
    expect(
      html([{ type: 'kdocSection', name: 'Description', children: [words('It burns.')] }]),
    ).toBe('<p>It burns.</p>');
  });

  it('have dots where more may follow, and an id where it can be one', () => {
    expect(html([parameter('...', true)])).toContain('<dt><code>...</code></dt>');
    expect(html([parameter('args', true)])).toContain('id="param-args"><code>args...</code>');
    expect(html([parameter('a.b')])).toContain('id="param-a.b"');
    expect(html([parameter('x" onclick="y')])).toContain('<dt><code>x" onclick="y</code></dt>');
  });

  it('have no id where the page has another place for them', () => {
    const nodes = [parameter('nr'), words('')];
    expect(html(nodes, { idPrefix: null })).not.toContain('id=');
    expect(html(nodes, { idPrefix: 'state-v6.12-param-' })).toContain('id="state-v6.12-param-nr"');
  });
});

describe('a reference', () => {
  it.each([
    ['function', 'bpf_lamp_put', '/k/bpf_lamp_put/'],
    ['function', 'lamp_alloc', 'https://source.example/ident/lamp_alloc'],
    ['struct', 'lamp', 'https://source.example/ident/lamp'],
    ['type', 'lamp_t', 'https://source.example/ident/lamp_t'],
    ['member', 'lamp', 'https://source.example/ident/lamp'],
    ['constant', 'KF_ACQUIRE', '/flags/KF_ACQUIRE/'],
  ] as const)('to the %s %s leads to %s', (kind, target, href) => {
    expect(inline(reference(kind, target))).toBe(`<a href="${href}"><code>${target}</code></a>`);
  });

  it.each([
    ['function', 'bpf_lamp_get'],
    ['function', 'sizeof'],
    ['function', 'f'],
    ['constant', 'KF_SHINE'],
    ['constant', 'LAMP_MAX'],
    ['parameter', 'oil'],
    ['environment', 'LAMP_HOME'],
    ['type', 'a"b'],
  ] as const)('to the %s %s leads nowhere', (kind, target) => {
    expect(inline(reference(kind, target))).toBe(`<code>${target}</code>`);
  });

  it('to a type is none in a plain comment, which writes addresses so', () => {
    const plain = { kind: 'comment' as const };
    expect(inline(reference('type', 'lamp'), plain)).toBe('<code>&#x26;lamp</code>');
    expect(inline(reference('struct', 'lamp'), plain)).toContain('/ident/lamp"');
  });

  it('of another role is its words', () => {
    expect(inline(reference('role', 'all-lamps', 'lamps'))).toBe('<em>lamps</em>');
  });

  it('to a parameter leads to what is said of it', () => {
    const parameter: RootContent = {
      type: 'kdocParameter',
      name: 'nr',
      variadic: false,
      children: [{ type: 'paragraph', children: [reference('parameter', 'nr')] }],
    };
    expect(html([parameter])).toContain('<a href="#param-nr"><code>nr</code></a>');
    expect(html([parameter], { idPrefix: null })).not.toContain('href');
  });
});

describe('blocks', () => {
  it('that are terms are a list of them', () => {
    const list: RootContent = {
      type: 'kdocDefinitionList',
      children: [
        { type: 'kdocTerm', children: [text('wick')] },
        { type: 'kdocDescription', children: [words('burns')] },
      ],
    };
    expect(html([list])).toBe('<dl class="terms"><dt>wick</dt><dd><p>burns</p></dd></dl>');
  });

  it.each([
    ['warning', null, 'Warning'],
    ['seealso', null, 'See also'],
    ['versionadded', '7.1', 'New in 7.1'],
    ['admonition', 'On wicks', 'On wicks'],
    ['constructor', null, 'Constructor'],
  ])('that are a remark of the kind %s are named', (kind, title, name) => {
    expect(html([{ type: 'kdocAdmonition', kind, title, children: [words('hot')] }])).toBe(
      `<div class="admonition" role="note"><p class="title"><strong>${name}</strong></p><p>hot</p></div>`,
    );
  });

  it('that are for no reader are left out', () => {
    expect(html([{ type: 'kdocRemark', value: 'secret' }])).toBe('');
  });

  it('that are a heading are no heading of the page', () => {
    expect(html([{ type: 'heading', depth: 1, children: [text('Lamps')] }])).toBe(
      '<p class="title"><strong>Lamps</strong></p>',
    );
  });

  it('that are HTML, should a parser make any, are words', () => {
    expect(html([{ type: 'html', value: '<b onclick="x">' }])).toBe('&#x3C;b onclick="x">');
  });
});

describe('code', () => {
  const code = (value: string, lang: string | null = null) => html([{ type: 'code', lang, value }]);

  it('is C where it says so, and where it looks like C and says nothing', () => {
    for (const [value, lang] of [
      ['u32 nr = 1;', null],
      ['u32 nr', 'c'],
    ] as const) {
      expect(code(value, lang)).toMatch(
        /^<pre class="code" tabindex="0"><code><span class="c-type">u32<\/span> nr/,
      );
    }
  });

  it('is left alone where it is a drawing, or of another language', () => {
    expect(code('if ---> while')).toContain('<code>if ---> while</code>');
    expect(code('if (true);', 'python')).toContain('<code>if (true);</code>');
  });
});

describe('a table', () => {
  const row = (...cells: string[]) => ({
    type: 'tableRow' as const,
    children: cells.map((cell) => ({ type: 'tableCell' as const, children: [text(cell)] })),
  });

  it('has a header where it has one', () => {
    expect(html([{ type: 'table', children: [row('a'), row('b')] }])).toBe(
      '<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">a</th></tr></thead>' +
        '<tbody><tr><td>b</td></tr></tbody></table></div>',
    );
  });

  it('has none where its first row is a row', () => {
    const table: RootContent = {
      type: 'table',
      data: { headless: true },
      children: [row('a'), row('b')],
    };
    expect(html([table])).not.toContain('thead');
    expect(html([table])).toContain('<tr><td>a</td></tr><tr><td>b</td></tr>');
  });
});

describe('an address', () => {
  const link = (url: string, said = 'lamps') =>
    inline({ type: 'link', url, children: [text(said)] });

  it.each([
    ['https://lamps.example/a b', 'https://lamps.example/a%20b'],
    ['http://lamps.example', 'http://lamps.example/'],
    ['HTTPS://LAMPS.example/', 'https://lamps.example/'],
    ['mailto:lamp@lamps.example', 'mailto:lamp@lamps.example'],
  ])('%s is a link', (url, href) => {
    expect(link(url)).toBe(`<a href="${href}">lamps</a>`);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'ftp://lamps.example/',
    '//lamps.example/',
    '/k/elsewhere/',
    'https:lamps',
    'https://[',
  ])('%j is none, and is there to be read', (url) => {
    expect(link(url)).toBe(`lamps &#x3C;${url}>`);
  });

  it('is shown once where it is its own words', () => {
    expect(link('ftp://x.example/', 'ftp://x.example/')).toBe('ftp://x.example/');
  });

  it('that a label stands for is looked up', () => {
    const label = (url: string) =>
      html([
        {
          type: 'paragraph',
          children: [
            {
              type: 'linkReference',
              identifier: 'lamps',
              referenceType: 'full',
              children: [text('lamps')],
            },
          ],
        },
        { type: 'definition', identifier: 'lamps', url },
      ]);
    expect(label('https://lamps.example/')).toBe(
      '<p><a href="https://lamps.example/">lamps</a></p>',
    );
    expect(label('javascript:alert(1)')).toBe('<p>lamps &#x3C;javascript:alert(1)></p>');
  });

  it('has no other link within it', () => {
    expect(link('https://lamps.example/', 'bpf_lamp_put and KF_ACQUIRE')).toBe(
      '<a href="https://lamps.example/">bpf_lamp_put and KF_ACQUIRE</a>',
    );
  });
});

describe('a footnote', () => {
  it('stands where it is written, under its label', () => {
    const nodes: RootContent[] = [
      {
        type: 'paragraph',
        children: [{ type: 'footnoteReference', identifier: '1', label: '1' }],
      },
      { type: 'footnoteDefinition', identifier: '1', label: '1', children: [words('oil')] },
    ];
    expect(html(nodes)).toBe(
      '<p><sup>[1]</sup></p><div class="footnote"><p>[1]</p><p>oil</p></div>',
    );
  });
});
