/** `v6.12`, `v6.12.107`, `v7.4-rc3` taken apart; null for any other name (a tree of the user's). */
function parts(id: string): { major: number; minor: number; patch: number | null } | null {
  const match = /^v(\d+)\.(\d+)(?:\.(\d+))?(?:-rc\d+)?$/.exec(id);
  if (match === null) return null;
  const [, major, minor, patch] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: patch === undefined ? null : Number(patch),
  };
}

/** A series of majors ends with .19 (5.19 is followed by 6.0, 6.19 by 7.0). */
const lastMinor = 19;

function rank(id: string): number | null {
  const p = parts(id);
  return p === null ? null : p.major * (lastMinor + 1) + p.minor;
}

/**
 * How many mainline releases lie between two; 0 when `newer` is the one right after `older`. null when
 * one of them is no mainline release, so that nothing can be said.
 */
export function releasesBetween(older: string, newer: string): number | null {
  const [a, b] = [rank(older), rank(newer)];
  return a === null || b === null ? null : Math.max(0, b - a - 1);
}

/** Whether a promised release has come by `newest`; null when they cannot be compared. */
export function hasCome(promised: string, newest: string): boolean | null {
  const [a, b] = [rank(promised), rank(newest)];
  return a === null || b === null ? null : b >= a;
}
