import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** Of `--name: light-dark(#rrggbb, #rrggbb)`. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(#(\w{6}), #(\w{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
);

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [0, 2, 4].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dim, bright] = [one, other]
    .map((name) => luminance(colours.get(name)![theme]))
    .sort((a, b) => a - b);
  return (bright! + 0.05) / (dim! + 0.05);
}

describe.each(themes)('the colours of the %s theme', (theme) => {
  const words = [
    ...['text', 'quiet', 'link', 'there', 'changed', 'deprecated', 'removed'],
    ...[...colours.keys()].filter((name) => name.startsWith('code-')),
  ];

  it('let words be read on paper, in boxes and where a link led to', () => {
    expect(words.length).toBeGreaterThan(10);
    const pairs = [
      ...words.flatMap((word) => ['paper', 'raised'].map((ground) => [word, ground] as const)),
      ...(['text', 'link', 'quiet'] as const).map((word) => [word, 'mark'] as const),
    ];
    const weak = pairs.filter(([word, ground]) => contrast(word, ground, theme) < 4.5);
    expect(weak).toEqual([]);
  });

  it('let the edges of fields, the focus and drawings be seen', () => {
    const weak = ['edge', 'focus', 'link', 'there', 'removed', 'changed'].filter(
      (name) => contrast(name, 'paper', theme) < 3,
    );
    expect(weak).toEqual([]);
  });
});
