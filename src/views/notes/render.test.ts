import { describe, expect, it } from 'vitest';
import { renderNote } from './render.ts';

const links = {
  page: (path: string) => (path === '/flags/KF_LAMP/' ? '/base/flags/KF_LAMP/' : null),
  name: (text: string) => (text === 'bpf_lamp' ? '/base/k/bpf_lamp/' : null),
};
const html = async (words: string) => (await renderNote(words, links)).html;

describe('the words of a note', () => {
  it('lead to pages of this site, under its base, and to others as they are', async () => {
    expect(await html('[a](/flags/KF_LAMP/) [b](https://example.org/)')).toBe(
      '<p><a href="/base/flags/KF_LAMP/">a</a> <a href="https://example.org/">b</a></p>',
    );
  });

  it('keep the words of a link that leads nowhere, and names in them still lead somewhere', async () => {
    expect(await html('[see `bpf_moon`](/moons/) and `bpf_lamp()`')).toBe(
      '<p>see <code>bpf_moon</code> and <a href="/base/k/bpf_lamp/"><code>bpf_lamp()</code></a></p>',
    );
  });

  it('have no link in a link', async () => {
    expect(await html('[`bpf_lamp`](https://example.org/)')).toBe(
      '<p><a href="https://example.org/"><code>bpf_lamp</code></a></p>',
    );
  });

  it('list their sections, but not the parts of those', async () => {
    const { headings } = await renderNote('## One `lamp`\n\n### Part\n\n## Two', links);
    expect(headings).toEqual([
      { id: 'one-lamp', text: 'One lamp' },
      { id: 'two', text: 'Two' },
    ]);
  });

  it('have tables in a frame that scrolls, with heads of columns', async () => {
    expect(await html('| a | b |\n| - | - |\n| 1 | `bpf_lamp` |')).toMatch(
      /^<div class="scroll" tabindex="0"><table>.*<th scope="col">a<\/th>.*<a href="\/base\/k\/bpf_lamp\/">.*<\/table><\/div>$/s,
    );
  });
});

describe('a block of code in a note', () => {
  it('of C has classes for its words, and says what it compiles against', async () => {
    const found = await html('```c kernel=6.12,7.3\nint lamp;\n```');
    expect(found).toMatch(/^<pre class="code" tabindex="0"><code><span class="c-\w+">int<\/span>/);
    expect(found).toContain('<p class="for">Compiles against the vmlinux.h of v6.12 and v7.3.</p>');
  });

  it('of the kernel’s own C says nothing of the sort', async () => {
    expect(await html('```c in-kernel\nint lamp;\n```')).not.toContain('class="for"');
  });

  it('in no language stays as it is, with what HTML would take for markup', async () => {
    expect(await html('```sh\nmake <lamp> && bpf_lamp\n```')).toBe(
      '<pre class="code" tabindex="0"><code>make &#x3C;lamp> &#x26;&#x26; bpf_lamp</code></pre>',
    );
  });
});
