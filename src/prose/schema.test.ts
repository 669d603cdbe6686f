import type { Element, Properties, RootContent } from 'hast';
import { describe, expect, it } from 'vitest';
import { element, text } from './elements.ts';
import { toHtml } from './render.ts';

const html = (...children: RootContent[]) => toHtml({ type: 'root', children });
const one = (tag: string, properties: Properties = {}): Element =>
  element(tag, properties, [text('x')]);

describe('the schema of what may come out', () => {
  it.each([
    'script',
    'style',
    'iframe',
    'object',
    'img',
    'svg',
    'math',
    'form',
    'input',
    'button',
    'video',
    'base',
    'meta',
    'link',
    'template',
    'details',
    'h1',
    'h3',
    'section',
    'u',
  ])('has no <%s>, and keeps the words in it', (tag) => {
    expect(html(element('p', {}, [text('a '), one(tag), text(' b')]))).toBe('<p>a x b</p>');
  });

  it.each([
    ['a', 'href', 'javascript:alert(1)'],
    ['a', 'href', ' javascript:alert(1)'],
    ['a', 'href', 'data:text/html,x'],
    ['a', 'href', 'vbscript:x'],
    ['a', 'href', 'ftp://x.example/'],
    ['a', 'target', '_blank'],
    ['a', 'onClick', 'alert(1)'],
    ['p', 'style', 'color:red'],
    ['p', 'className', 'badge'],
    ['p', 'id', 'main'],
    ['dt', 'id', 'main'],
    ['dt', 'id', 'param-x y'],
    ['span', 'className', 'c-evil'],
    ['div', 'role', 'alert'],
    ['div', 'tabIndex', 5],
    ['td', 'colSpan', 1000],
    ['code', 'dataX', '1'],
    ['p', 'ariaHidden', 'true'],
    ['p', 'hidden', true],
  ])('has no <%s %s> of %j', (tag, name, value) => {
    const attribute = name === 'className' ? 'class' : name;
    expect(html(table(tag, one(tag, { [name]: value })))).not.toContain(`${attribute}=`);
    expect(html(table(tag, one(tag, { [name]: value })))).not.toContain('hidden');
  });

  it('has the addresses, ids and classes that are ours', () => {
    const kept = [
      element('dl', { className: ['terms'] }, [one('dt', { id: 'state-v6.12-param-a.b' })]),
      one('a', { href: 'https://x.example/' }),
      one('a', { href: '/k/bpf_lamp_get/' }),
      one('a', { href: '#param-a' }),
      one('a', { href: 'mailto:x@x.example' }),
      one('span', { className: ['unprintable'] }),
      one('span', { className: ['c-type'] }),
    ];
    expect(html(...kept)).toBe(
      '<dl class="terms"><dt id="state-v6.12-param-a.b">x</dt></dl>' +
        '<a href="https://x.example/">x</a><a href="/k/bpf_lamp_get/">x</a><a href="#param-a">x</a>' +
        '<a href="mailto:x@x.example">x</a>' +
        '<span class="unprintable">x</span><span class="c-type">x</span>',
    );
  });

  it('has neither comments nor doctypes', () => {
    expect(html({ type: 'comment', value: 'x' }, { type: 'doctype' }, text('y'))).toBe('y');
  });
});

/** What may stand within a table or a list alone stands in one. */
function table(tag: string, child: Element): Element {
  if (tag === 'dt') return element('dl', {}, [child]);
  if (tag !== 'td') return child;
  return element('table', {}, [element('tbody', {}, [element('tr', {}, [child])])]);
}
