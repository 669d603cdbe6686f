import type { Param, Prototype } from '../data/schema/index.ts';
import { similarity } from '../kfunc/sketch.ts';
import type { Fingerprint, KfuncReading } from '../kfunc/types.ts';
import { homesBetween, isSameHome, type Homes } from './homes.ts';
import type { Snapshot } from './lines.ts';
import {
  isNamePair,
  isNameWithin,
  nameLikeness,
  weighWords,
  type WordWeights,
} from './name-likeness.ts';

/** How alike two kfuncs of different names are, and by what. */
export interface Likeness {
  /** Points; see the weights below. renames.ts says how many are enough. */
  score: number;
  /** In the order of EVIDENCE. Names alone are no evidence: it can be empty for a high score. */
  evidence: string[];
}

/** What of two releases their kfuncs are compared with. */
export interface Context {
  weights: WordWeights;
  homes: Homes;
}

/** The context of two releases, made when it is first asked for: most releases rename nothing. */
export function contextOf(was: Snapshot, now: Snapshot): () => Context {
  let context: Context | undefined;
  return () =>
    (context ??= {
      weights: weighWords([...was.kfuncs.keys(), ...now.kfuncs.keys()]),
      homes: homesBetween(was, now),
    });
}

/** What a claim can rest on, in the order in which it is told. */
export const EVIDENCE = [
  'same-body',
  'similar-body',
  'same-prototype',
  'similar-prototype',
  'similar-doc',
  'comment',
  'wrapper',
  'name-pair',
  'same-renaming',
] as const;

/**
 * Points. An equal body of some length is worth most, since nobody writes one twice; a prototype is
 * often shared by a family; names steer between the members of a family.
 */
const POINTS = {
  body: 4,
  prototype: 2,
  doc: 3,
  name: 3,
  namePair: 1.5,
  nameWithin: 0.5,
  home: 0.5,
};

/** A body counts in full from this many distinct 3-grams on; `return 0;` tells nothing. */
const FULL_BODY = 40;
/** Fewer than these are no evidence: one call with its arguments looks like any other. */
const SHORT_BODY = 8;
/** Similarity from which a body or a doc comment is evidence. */
const SIMILAR = { body: 0.5, doc: 0.4 };
/** Similarity that is chance, or the manner of a subsystem. */
const CHANCE = 0.25;

interface Aspect {
  /** 0 to 1, of its points. */
  value: number;
  evidence: string[];
}

function bodyLikeness(a: Fingerprint, b: Fingerprint): Aspect {
  const length = Math.min(a.bodySketch.length, b.bodySketch.length);
  const equal = a.body !== null && a.body === b.body;
  const alike = equal ? 1 : similarity(a.bodySketch, b.bodySketch);
  const value = alike < CHANCE ? 0 : alike * Math.min(1, length / FULL_BODY);
  if (length < SHORT_BODY || alike < SIMILAR.body) return { value, evidence: [] };
  return { value, evidence: [equal ? 'same-body' : 'similar-body'] };
}

function docLikeness(a: Fingerprint, b: Fingerprint): Aspect {
  const alike = similarity(a.docSketch, b.docSketch);
  if (alike < CHANCE) return { value: 0, evidence: [] };
  return { value: alike, evidence: alike >= SIMILAR.doc ? ['similar-doc'] : [] };
}

function sameTypes(a: readonly Param[], b: readonly Param[]): boolean {
  return a.length === b.length && a.every((param, i) => param.type === b[i]!.type);
}

function passed(prototype: Prototype): Param[] {
  return prototype.params.filter((param) => !param.implicit);
}

/** Whether `a` passes by hand what for `b` the verifier supplies. */
function passesImplicit(a: Prototype, b: Prototype): boolean {
  const byHand = passed(b).length;
  return (
    a.params.length === b.params.length &&
    byHand > 0 &&
    a.params[byHand]?.type === 'void *' &&
    sameTypes(a.params.slice(0, byHand), passed(b))
  );
}

/**
 * Whether two prototypes differ by no more than the names of parameters and by arguments that the
 * verifier supplies, or supplies for one of them:
 *
 *     int f_impl(struct x *x, u32 n, void *aux__prog)
 *     int f     (struct x *x, u32 n, struct bpf_prog_aux *aux)     KF_IMPLICIT_ARGS
 */
function samePrototype(a: Prototype, b: Prototype): boolean {
  if (a.returns !== b.returns || a.params.length === 0) return false;
  if (sameTypes(a.params, b.params)) return true;
  if (passed(a).length > 0 && sameTypes(passed(a), passed(b))) return true;
  return passesImplicit(a, b) || passesImplicit(b, a);
}

/** Whether one takes what the other takes and then more, as generations of a kfunc do. */
function extendsPrototype(a: Prototype, b: Prototype): boolean {
  const [short, long] = [passed(a), passed(b)].sort((x, y) => x.length - y.length);
  return short!.length > 0 && sameTypes(short!, long!.slice(0, short!.length));
}

function prototypeLikeness(a: Prototype | null, b: Prototype | null, pair: boolean): Aspect {
  if (!a || !b) return { value: 0, evidence: [] };
  if (samePrototype(a, b)) return { value: 1, evidence: ['same-prototype'] };
  const longest = Math.max(a.params.length, b.params.length);
  const alike = a.params.filter((param, i) => param.type === b.params[i]?.type).length;
  const value = (alike + (a.returns === b.returns ? 1 : 0)) / (longest + 1);
  const evidence = pair && extendsPrototype(a, b) ? ['similar-prototype'] : [];
  return { value: value / 2, evidence };
}

/**
 * Compares a kfunc that goes with one that comes. The fingerprints mask a kfunc's own name, so that
 * a rename alone changes none of them.
 */
export function likenessOf(old: KfuncReading, now: KfuncReading, context: Context): Likeness {
  const body = bodyLikeness(old.fingerprint, now.fingerprint);
  const doc = docLikeness(old.fingerprint, now.fingerprint);
  const pair = isNamePair(old.name, now.name);
  const prototype = prototypeLikeness(old.facts.prototype, now.facts.prototype, pair);
  const within = isNameWithin(old.name, now.name);
  const sameSet = old.facts.sets.some((s) => now.facts.sets.some((t) => t.name === s.name));
  return {
    score:
      POINTS.body * body.value +
      POINTS.prototype * prototype.value +
      POINTS.doc * doc.value +
      POINTS.name * nameLikeness(old.name, now.name, context.weights) +
      (pair ? POINTS.namePair : within ? POINTS.nameWithin : 0) +
      (isSameHome(old, now, context.homes) ? POINTS.home : 0) +
      (sameSet ? POINTS.home : 0),
    evidence: [
      ...body.evidence,
      ...prototype.evidence,
      ...doc.evidence,
      ...(pair ? ['name-pair'] : []),
    ],
  };
}
