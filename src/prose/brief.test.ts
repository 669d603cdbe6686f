import { describe, expect, it } from 'vitest';
import { renderBrief } from './brief.ts';
import type { ProseContext } from './types.ts';

const links = { kfunc: () => null, flag: () => null, identifier: () => null };
const context: ProseContext = {
  name: 'bpf_lamp_get',
  kind: 'kernel-doc',
  links,
  idPrefix: 'param-',
};

const doc = [
  'bpf_lamp_get() - Take a lamp by its number.',
  '@nr: the number, which @max bounds',
  '@max: the highest number.',
  '',
  'Second words of it.',
  '',
  'Lamps burn.',
  '',
  'Return: a lamp.',
].join('\n');

describe('the first words of a comment', () => {
  it('are the purpose, and what is said of each parameter and of the return value', () => {
    const { summary, parameters, returns } = renderBrief(doc, context);
    expect(summary).toEqual({ html: 'Take a lamp by its number.', isCut: false });
    expect(parameters.get('nr')).toEqual({
      html: 'the number, which <a href="#param-max"><code>max</code></a> bounds',
      isCut: false,
    });
    expect(returns?.html).toBe('a lamp.');
  });

  it('are those of the description where there is no purpose', () => {
    const { summary } = renderBrief('Takes a lamp.\n\nMore.', { ...context, kind: 'comment' });
    expect(summary?.html).toBe('Takes a lamp.');
  });

  it('end after a sentence where a paragraph is long', () => {
    const text = `Takes a lamp out of its hall. ${'It burns long. '.repeat(20)}`;
    expect(renderBrief(text, { ...context, kind: 'comment' }).summary).toEqual({
      html: 'Takes a lamp out of its hall.',
      isCut: true,
    });
  });

  it('end between words where even a sentence is long', () => {
    const { summary } = renderBrief('lamp '.repeat(200), { ...context, kind: 'comment' });
    expect(summary!.html).toMatch(/lamp…$/);
    expect(summary!.html.length).toBeLessThan(200);
  });

  it('cannot become markup', () => {
    const text = `f() - <img src=x onerror=alert(1)>\n@p: <b>x</b> ${'<i> word '.repeat(60)}`;
    const { summary, parameters } = renderBrief(text, context);
    expect(summary!.html).not.toContain('<img');
    expect(parameters.get('p')!.html).not.toContain('<b>');
    expect(parameters.get('p')!.html).not.toContain('<i>');
  });

  it('are none of a comment that begins with code or has no words', () => {
    expect(renderBrief('', context).summary).toBeNull();
    expect(renderBrief('::\n\n  int a;\n', { ...context, kind: 'comment' }).summary).toBeNull();
  });
});
