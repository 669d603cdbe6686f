import { describe, expect, it } from 'vitest';
import { policyInHeader, policyInPage } from '../views/policy.ts';
import { cacheControl, contentType, headersOf } from './headers.ts';

describe('the headers of a file', () => {
  it('let a browser keep what has a hash in its name, and ask again for the rest', () => {
    expect(cacheControl('_astro/style.Ab3.css')).toBe('public, max-age=31536000, immutable');
    expect(cacheControl('k/bpf_lamp/index.html')).toBe('no-cache');
    expect(cacheControl('k/_astro/x')).toBe('no-cache');
  });

  it('name UTF-8 for every kind of text, and no type for what is not known', () => {
    expect(contentType('k/bpf_lamp.txt')).toBe('text/plain; charset=utf-8');
    expect(contentType('v6.12.atom')).toBe('application/atom+xml; charset=utf-8');
    expect(contentType('v6.12')).toBeUndefined();
    expect(headersOf('.nojekyll')).not.toHaveProperty('Content-Type');
  });

  it('open data to pages of other sites, but no page', () => {
    expect(headersOf('api/kfuncs.json')['Access-Control-Allow-Origin']).toBe('*');
    expect(headersOf('index.html')).not.toHaveProperty('Access-Control-Allow-Origin');
  });
});

describe('the policy of pages', () => {
  it('allows nothing inline, nothing evaluated, nobody else', () => {
    expect(policyInHeader).not.toMatch(/unsafe|https?:|\*|data:/);
    expect(policyInHeader).toMatch(/^default-src 'none'; /);
  });

  it('says in a header what it says in a page, and what only a header can say', () => {
    expect(policyInHeader).toBe(`${policyInPage}; frame-ancestors 'none'`);
  });
});
