/**
 * The fragments by which a page of the kernel's documents can be addressed: its section titles, and its
 * labels (`.. _name:`), as docutils makes ids of them.
 *
 *     2.5.6 KF_RCU flag        a line of text,
 *     -----------------        and below it one of punctuation that is no shorter
 *
 *     .. _BPF_kfunc_nodef:     a label
 */
export function anchorsOf(restructured: string): Set<string> {
  const anchors = new Set<string>();
  const lines = restructured.split('\n');
  for (const [i, line] of lines.entries()) {
    const label = /^\.\. _([^:]+):\s*$/.exec(line)?.[1];
    if (label !== undefined) anchors.add(idOf(label));
    const below = lines[i + 1]?.trimEnd() ?? '';
    const title = line.trim();
    if (/^[A-Za-z0-9_`*"'(]/.test(title) && isRule(below) && below.length >= title.length) {
      anchors.add(idOf(title));
    }
  }
  return anchors;
}

/** A line of one and the same character of punctuation. */
function isRule(line: string): boolean {
  return /^([!-/:-@[-`{-~])\1{2,}$/.test(line);
}

/** docutils.nodes.make_id(): letters and digits, the rest as single hyphens, none at the ends, no digit first. */
function idOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
}
