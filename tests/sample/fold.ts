import type {
  Change,
  ChangeKind,
  KfuncFacts,
  KfuncLine,
  Span,
  State,
} from '../../src/data/schema/index.ts';

const kinds: [ChangeKind, (f: KfuncFacts) => string[]][] = [
  ['roles', (f) => f.roles],
  ['flags', (f) => f.flags],
  ['prototype', (f) => (f.prototype === null ? [] : [f.prototype.kernel])],
  ['programTypes', (f) => f.programTypes],
  ['config', (f) => (f.config.expr === null ? [] : [f.config.expr])],
  ['doc', (f) => (f.doc.hash === null ? [] : [f.doc.hash])],
  ['deprecated', (f) => f.deprecation.map((d) => d.promised ?? d.kind)],
  ['moved', (f) => f.definitions.map((d) => d.file)],
];

/**
 * Folds one kfunc's facts, release by release, into a line. It is a stand-in for src/history that is
 * independent of it: `facts[i]` belongs to `ids[i]`, null where the kfunc is absent.
 */
export function fold(
  id: string,
  ids: readonly string[],
  facts: readonly (KfuncFacts | null)[],
  eventOf: (release: string, kind: ChangeKind) => string | null,
): KfuncLine {
  const spans: Span[] = [];
  const states: State[] = [];
  const changes: Change[] = [];
  facts.forEach((now, i) => {
    const release = ids[i]!;
    const after = ids[i - 1] ?? null;
    const was = facts[i - 1] ?? null;
    const tell = (kind: ChangeKind, before: string[], later: string[]) =>
      changes.push({
        release,
        after,
        kind,
        was: before,
        now: later,
        event: eventOf(release, kind),
        commit: null,
      });
    const same = now !== null && was !== null && JSON.stringify(now) === JSON.stringify(was);
    if (was !== null && !same) states.at(-1)!.to = after;
    if (now !== null && !same) states.push({ from: release, to: null, ...now });
    if (was === null && now !== null) {
      tell(spans.length === 0 ? 'added' : 'returned', [], []);
      spans.push({ first: release, after, last: null, goneIn: null });
    }
    if (was !== null && now === null) {
      tell('removed', [], []);
      Object.assign(spans.at(-1)!, { last: after, goneIn: release });
    }
    if (was === null || now === null || same) return;
    for (const [kind, of] of kinds) {
      if (of(was).join('\n') !== of(now).join('\n')) tell(kind, of(was), of(now));
    }
  });
  return { id, base: null, spans, states, changes };
}
