/** Which releases of a lifeline can be named without one name running into another. */

export interface Placed {
  text: string;
  x: number;
  /** How the text stands at its place: labels at the ends stay within the picture. */
  anchor: 'start' | 'middle' | 'end';
  /** Only where there is more room than on a phone. */
  isWide: boolean;
}

/** The narrowest pictures that labels are made for, in pixels: on a phone of 320, and from 640 on. */
const widths = [
  { px: 280, isWide: false },
  { px: 640, isWide: true },
] as const;
/** Of a character at the size of labels, and between two labels, in pixels. */
const [perCharacter, between] = [7, 8];

/**
 * Takes of `wanted`, the most wanted first, those that fit beside the ones taken so far: first for a
 * phone, then more for wider windows. From left to right.
 */
export function spread(wanted: readonly { text: string; x: number }[]): Placed[] {
  const taken: Placed[] = [];
  for (const { px, isWide } of widths) {
    for (const { text, x } of wanted) {
      if (taken.some((label) => label.text === text)) continue;
      const anchor = x < 8 ? 'start' : x > 92 ? 'end' : 'middle';
      const label: Placed = { text, x, anchor, isWide };
      if (taken.every((other) => areApart(label, other, px))) taken.push(label);
    }
  }
  return taken.sort((a, b) => a.x - b.x);
}

function areApart(a: Placed, b: Placed, px: number): boolean {
  const [from, to] = extent(a, px);
  const [otherFrom, otherTo] = extent(b, px);
  return to + between <= otherFrom || otherTo + between <= from;
}

/** Where a label begins and ends in a picture of that width. */
export function extent({ text, x, anchor }: Placed, px: number): [from: number, to: number] {
  const width = text.length * perCharacter;
  const at = (x / 100) * px;
  const from = anchor === 'start' ? at : anchor === 'end' ? at - width : at - width / 2;
  return [from, from + width];
}
