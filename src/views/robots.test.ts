import { expect, it } from 'vitest';
import { addresses } from './address.ts';
import { robots } from './robots.ts';

it('names the site map where the site knows its own address', () => {
  expect(robots({ site: 'https://x.example', to: addresses('/sub/') })).toBe(
    'User-agent: *\nAllow: /\nSitemap: https://x.example/sub/sitemap-index.xml\n',
  );
});

it('names none where the address is not known', () => {
  expect(robots({ site: undefined, to: addresses('/') })).toBe('User-agent: *\nAllow: /\n');
});
