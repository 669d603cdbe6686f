import { describe, expect, it } from 'vitest';
import { entry } from '../data/test-dataset.ts';
import { identifierHref, parseSourceBrowser, sourceHref } from './source-browser.ts';

const cgit = parseSourceBrowser('cgit');
const template = parseSourceBrowser('https://git.example.org/{commit}/{path}#L{line}');

describe('the address of a source line', () => {
  it.each([
    ['v6.12', 'torvalds/linux.git/tree/net/core/xdp.c?h=v6.12#n7'],
    ['v7.4-rc3', 'torvalds/linux.git/tree/net/core/xdp.c?h=v7.4-rc3#n7'],
    ['v6.12=v6.12.107', 'stable/linux.git/tree/net/core/xdp.c?h=v6.12.107#n7'],
  ])('is in the repository that has the tag of %s', (release, end) => {
    expect(sourceHref(cgit, entry(release), 'net/core/xdp.c', 7)).toBe(
      `https://git.kernel.org/pub/scm/linux/kernel/git/${end}`,
    );
  });

  it('is of the file as a whole when there is no line', () => {
    expect(sourceHref(cgit, entry('v6.12'), 'Makefile', null)).toMatch(/Makefile\?h=v6\.12$/);
  });

  it('is not known for a branch of the user’s own, unless a template is given', () => {
    const branch = entry('my-tree=origin/topic', 'my-tree');
    expect(sourceHref(cgit, branch, 'a.c', 1)).toBeNull();
    expect(sourceHref(template, branch, 'a.c', 1)).toBe(
      `https://git.example.org/${branch.commit}/a.c#L1`,
    );
  });

  it('does not let a path end it, or fill places of its own', () => {
    expect(sourceHref(template, entry('v6.12'), 'a?b#c/{line}"/../d', 3)).toBe(
      `https://git.example.org/${entry('v6.12').commit}/a%3Fb%23c/%7Bline%7D%22/../d#L3`,
    );
  });

  it.each([
    ['javascript:alert(1)//{path}{tag}', 'http:// or https://'],
    ['https://{tag}.example.org/{path}', 'http:// or https://'],
    ['https://user@example.org/{tag}/{path}', 'http:// or https://'],
    ['gitweb', 'http:// or https://'],
    ['https://example.org/{tag}/', 'needs {path}'],
    ['https://example.org/{path}', 'needs {path}'],
    ['https://example.org/{tag}/{path}/{file}', '{file} is not one of'],
  ])('is not made from %s', (text, message) => {
    expect(() => parseSourceBrowser(text)).toThrow(message);
  });
});

describe('the address of a name', () => {
  const at = (browser: ReturnType<typeof parseSourceBrowser>, release = 'v6.12=v6.12.107') =>
    identifierHref(browser, entry(release), 'lamp_alloc');

  it('is Elixir’s beside cgit and elixir, at the tag that was read', () => {
    const href = 'https://elixir.bootlin.com/linux/v6.12.107/A/ident/lamp_alloc';
    expect([at(cgit), at(parseSourceBrowser('elixir'))]).toEqual([href, href]);
  });

  it('is not known for a branch of the user’s own, beside a template, or when it is not wanted', () => {
    expect(at(cgit, 'my-tree=origin/topic')).toBeNull();
    expect(at(template)).toBeNull();
    expect(at(parseSourceBrowser('cgit', 'none'))).toBeNull();
  });

  it('is where a template says, whatever the tag', () => {
    const own = parseSourceBrowser('cgit', 'https://x.example/{tag}/{commit}?{name}');
    expect(at(own, 'my-tree=origin/topic')).toBe(
      `https://x.example/origin%2Ftopic/${entry('v6.1').commit}?lamp_alloc`,
    );
  });

  it('does not let a name fill places of its own', () => {
    const own = parseSourceBrowser('cgit', 'https://x.example/{name}');
    expect(identifierHref(own, entry('v6.12'), 'a/b?{tag}"')).toBe(
      'https://x.example/a%2Fb%3F%7Btag%7D%22',
    );
  });

  it.each([
    ['javascript:alert(1)//{name}', 'http:// or https://'],
    ['https://{name}.example.org/', 'http:// or https://'],
    ['lxr', '--identifiers takes elixir, none, or a template'],
    ['https://example.org/{tag}/', 'needs {name}'],
    ['https://example.org/{name}/{path}', '{path} is not one of {tag}, {commit} and {name}'],
    ['https://example.org/{name', '{name is not one of'],
  ])('is not made from %s', (text, message) => {
    expect(() => parseSourceBrowser('cgit', text)).toThrow(message);
  });
});
