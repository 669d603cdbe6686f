/** Which releases of a lifeline can be named without one name running into another. */

/** How wide the picture has to be for a label, in pixels: on a phone of 320, on a tablet, on a screen. */
const widths = { phone: 280, wide: 640, widest: 1080 } as const;
export type Room = keyof typeof widths;

export interface Placed {
  text: string;
  x: number;
  /** How the text stands at its place: labels at the ends stay within the picture. */
  anchor: 'start' | 'middle' | 'end';
  room: Room;
}

export interface Wanted {
  text: string;
  x: number;
  /** Only named to tell where one is; the others tell what happened. */
  isScale: boolean;
}

/** Of a character at the size of labels, and between two labels, in pixels. */
const [perCharacter, between] = [8, 6];

/**
 * Takes of `wanted`, the most wanted first, those that fit beside the ones taken so far: first for a
 * phone, then more for wider windows; releases of the scale come last. From left to right.
 */
export function spread(wanted: readonly Wanted[]): Placed[] {
  const taken: Placed[] = [];
  const fill = (isScale: boolean, rooms: readonly Room[]) => {
    for (const room of rooms) {
      for (const { text, x } of wanted.filter((one) => one.isScale === isScale)) {
        if (taken.some((label) => label.text === text)) continue;
        const anchor = x < 8 ? 'start' : x > 92 ? 'end' : 'middle';
        const label: Placed = { text, x, anchor, room };
        if (taken.every((other) => areApart(label, other))) taken.push(label);
      }
    }
  };
  fill(false, ['phone', 'wide', 'widest']);
  fill(true, ['phone', 'wide']);
  return taken.sort((a, b) => a.x - b.x);
}

/** In the narrowest picture that shows both; in wider ones they are further apart. */
function areApart(a: Placed, b: Placed): boolean {
  const px = Math.max(widths[a.room], widths[b.room]);
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
