import type { Random } from '../../tests/sample/random.ts';

/** Numbers that lie where a check may be missing, beside those that are near a length. */
const edges = [
  0, 1, 2, 0x7f, 0xff, 0xffff, 0xffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const damages: readonly Damage[] = [
  function flipBit(bytes, random) {
    bytes[random.int(bytes.length)]! ^= 1 << random.int(8);
    return bytes;
  },
  function setByte(bytes, random) {
    bytes[random.int(bytes.length)] = random.int(256);
    return bytes;
  },
  function setWord(bytes, random) {
    if (bytes.length < 4) return bytes;
    const value = random.chance(0.5) ? random.pick(edges) : random.int(2 * bytes.length);
    const at = 4 * random.int(Math.floor(bytes.length / 4));
    new DataView(bytes.buffer).setUint32(at, value, random.chance(0.5));
    return bytes;
  },
  /** The header of a type: another kind, or another count of the same. */
  function setInfo(bytes, random) {
    if (bytes.length < 64) return bytes;
    const at = 28 + 4 * random.int(Math.floor(bytes.length / 4) - 8);
    const value = (random.int(24) << 24) | random.int(random.chance(0.8) ? 8 : 0x1000000);
    new DataView(bytes.buffer).setUint32(at, value >>> 0, random.chance(0.8));
    return bytes;
  },
  function cutOff(bytes, random) {
    return bytes.slice(0, random.int(bytes.length));
  },
  function append(bytes, random) {
    const longer = new Uint8Array(bytes.length + 1 + random.int(64));
    longer.set(bytes);
    for (let i = bytes.length; i < longer.length; i++) longer[i] = random.int(256);
    return longer;
  },
  function copyPart(bytes, random) {
    const from = random.int(bytes.length);
    const length = random.int(Math.min(64, bytes.length - from));
    bytes.copyWithin(random.int(bytes.length), from, from + length);
    return bytes;
  },
  function removePart(bytes, random) {
    const at = random.int(bytes.length);
    const length = random.int(Math.min(64, bytes.length - at));
    bytes.copyWithin(at, at + length);
    return bytes.slice(0, bytes.length - length);
  },
  function fill(bytes, random) {
    const at = random.int(bytes.length);
    bytes.fill(random.int(256), at, at + random.int(64));
    return bytes;
  },
];

/**
 * A copy of bytes with one to four damages, mostly one: what a disk, a network or somebody with intent
 * makes of a file. One in a hundred is nothing but noise.
 */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.chance(0.01)) return Uint8Array.from(bytes, () => random.int(256));
  let copy = bytes.slice();
  const times = random.chance(0.6) ? 1 : 2 + random.int(3);
  for (let i = 0; i < times && copy.length > 0; i++)
    copy = random.pick(damages)(copy, random).slice();
  return copy;
}
