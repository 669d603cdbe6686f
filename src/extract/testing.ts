/** A cache that holds its notes as the disk would: as JSON. */
export function stamps() {
  const kept = new Map<string, string>();
  return {
    kept,
    stamp: (key: string): unknown => (kept.has(key) ? JSON.parse(kept.get(key)!) : undefined),
    putStamp: (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
  };
}
