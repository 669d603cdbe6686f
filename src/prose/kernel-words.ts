import type { CodeToken } from './highlight.ts';

const type = /^(?:_*[us](?:8|16|32|64|128)|__(?:le|be)(?:16|32|64)|__poll_t|bool|\w+_t)$/;
/** What the kernel's declarations say of a function or a parameter, and BPF's loops. */
const annotation =
  /^(?:__bpf_\w+|__weak|__ksym|__kptr\w*|__uptr|__arena|__rcu|__user|__percpu|__always_inline|__maybe_unused|__init|__attribute__|SEC|bpf_for(?:_each)?|bpf_repeat|asmlinkage|noinline|EXPORT_SYMBOL(?:_GPL)?)$/;
const constant = /^(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|NULL|E[A-Z]{3,})$/;
/** What is followed by the name of a type. */
const tag = /^(?:struct|union|enum)$/;

/** The kind of a word that C's own grammar knows nothing of; `before` is the word before it. */
function kindOf(word: string, before: string): string | null {
  if (tag.test(before) || type.test(word)) return 'type';
  if (annotation.test(word)) return 'keyword';
  return constant.test(word) ? 'constant' : null;
}

/** Gives the kernel's own types, macros and constants their kinds; other tokens stay as they are. */
export function markKernelWords(tokens: readonly CodeToken[]): CodeToken[] {
  let before = '';
  return tokens.flatMap((token) => {
    const isPlain = token.kind === null || token.kind === 'function';
    const pieces = isPlain ? token.text.split(/(\w+)/) : [token.text];
    const result: CodeToken[] = [];
    for (const text of pieces.filter((piece) => piece !== '')) {
      const kind = (isPlain && /^\w/.test(text) ? kindOf(text, before) : null) ?? token.kind;
      const last = result.at(-1);
      if (last?.kind === kind) last.text += text;
      else result.push({ text, kind });
      if (text.trim() !== '') before = text.trim();
    }
    return result;
  });
}
