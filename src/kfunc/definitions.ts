import { createHash } from 'node:crypto';
import { calls } from '../c/body.ts';
import type { CFile, CFunction, Comment, Cond, CParam, Token } from '../c/types.ts';
import { commentText } from '../kdoc/comment.ts';
import { deprecationWords, type Evidence } from './deprecation.ts';
import { sketch } from './sketch.ts';
import type { Fingerprint } from './types.ts';

/** A function definition, as far as a kfunc's record needs it. */
export interface DefinitionFacts {
  name: string;
  line: number;
  guard: Cond;
  /** Marked `__bpf_kfunc` (6.3 on). */
  marked: boolean;
  isStatic: boolean;
  isInline: boolean;
  returns: string;
  params: CParam[];
  doc: { kind: Comment['kind']; text: string; line: number } | null;
  /** Words that speak of deprecation, in the comment, in the body's comments and warnings. */
  deprecation: Evidence[];
  fingerprint: Fingerprint;
  /** Tokens in the body: of two definitions the longer one is the real one, the other a stub. */
  size: number;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Statements that a wrapper may have besides the one call: guards, warnings, checks. */
const NOT_WORK = /^(?:if|return|sizeof|WARN|pr_|printk|scx_warn|unlikely|likely|BUILD_BUG_ON)/;

/** The one function that the body calls, when calling it is all the body does. */
function wrappedFunction(body: readonly Token[]): string | null {
  const called = calls([...body]).filter((call) => !NOT_WORK.test(call.name));
  const [only] = called;
  if (called.length !== 1 || !only || body.length > 120) return null;
  return only.name;
}

function fingerprintOf(fn: CFunction, doc: string): Fingerprint {
  const mask = (word: string): string => (word === fn.name ? '\u0001' : word);
  const words = fn.body.map((token) => mask(token.text));
  return {
    body: words.length === 0 ? null : hash(words.join(' ')),
    bodySketch: sketch(words),
    prototype: hash([fn.returns, ...fn.params.map((p) => p.text)].join('\n')),
    docSketch: sketch((doc.match(/[A-Za-z0-9_]+/g) ?? []).map(mask)),
    wraps: wrappedFunction(fn.body),
  };
}

function definitionFacts(fn: CFunction): DefinitionFacts {
  const text = fn.comment ? commentText(fn.comment.text) : '';
  const doc = fn.comment ? { kind: fn.comment.kind, text, line: fn.comment.line } : null;
  return {
    name: fn.name,
    line: fn.line,
    guard: fn.guard,
    marked: fn.attributes.includes('__bpf_kfunc'),
    isStatic: fn.isStatic,
    isInline: fn.isInline,
    returns: fn.returns,
    params: fn.params,
    doc,
    deprecation: deprecationWords(fn),
    fingerprint: fingerprintOf(fn, text),
    size: fn.body.length,
  };
}

/** The definitions of a file that are marked as kfuncs or whose name is wanted, in source order. */
export function readDefinitions(file: CFile, wanted: ReadonlySet<string>): DefinitionFacts[] {
  return file.items
    .filter((item) => item.kind === 'function')
    .filter((fn) => fn.isDefinition && fn.guard.op !== 'false')
    .filter((fn) => wanted.has(fn.name) || fn.attributes.includes('__bpf_kfunc'))
    .map(definitionFacts);
}
