import { byName, type CompiledKfunc } from './compiled-kfunc.ts';

/**
 * Reads the kfuncs that a `vmlinux.h` declares: what `bpftool btf dump file … format c` prints since
 * 6.10, in the same form in which the BTF itself is read.
 *
 *     extern __bpf_fastcall void *bpf_cast_to_kern_ctx(void *obj) __weak __ksym;
 *     extern void bpf_arena_free_pages(void *p__map,
 *             void __attribute__((address_space(1))) *ptr__ign, u32 page_cnt) __weak __ksym;
 *
 * @param text a header; of a declaration that is not of this form nothing is taken
 * @returns sorted by name, of two with one name the last
 */
export function readVmlinuxHeader(text: string): CompiledKfunc[] {
  const found = new Map<string, CompiledKfunc>();
  for (const declaration of ksymDeclarations(text)) {
    const kfunc = readDeclaration(declaration);
    if (kfunc !== null) found.set(kfunc.name, kfunc);
  }
  return [...found.values()].sort(byName);
}

/** No declaration of a kernel is a tenth as long. */
const longest = 16 * 1024;

/** What stands between `extern` at the start of a line and `__weak __ksym;`, each on one line. */
function* ksymDeclarations(text: string): Generator<string> {
  const start = /^extern /gm;
  while (start.exec(text) !== null) {
    const from = start.lastIndex;
    const end = text.indexOf(';', from);
    if (end < 0) return;
    start.lastIndex = end;
    if (end - from > longest) continue;
    const words = text.slice(from, end).split(/\s+/);
    if (words.pop() !== '__ksym') continue;
    if (words.at(-1) === '__weak') words.pop();
    yield words.join(' ');
  }
}

function readDeclaration(text: string): CompiledKfunc | null {
  const fastcall = text.startsWith('__bpf_fastcall ');
  const declaration = fastcall ? text.slice('__bpf_fastcall '.length) : text;
  const open = parameterList(declaration);
  if (open < 0 || !declaration.endsWith(')')) return null;
  const before = withoutAttributes(declaration.slice(0, open));
  const at = wordStart(before.text, before.text.length);
  const [returns, name] = [before.text.slice(0, at).trimEnd(), before.text.slice(at)];
  if (returns === '' || name === '') return null;
  const list = declaration.slice(open + 1, -1);
  const printed = list === 'void' ? [] : splitAtCommas(list).map(withoutAttributes);
  return {
    name,
    prototype: `${before.text}(${list === 'void' ? list : printed.map((p) => p.text).join(', ')})`,
    returns,
    returnTags: before.tags,
    params: printed.map(({ text, tags }) => ({ ...readParam(text), tags })),
    tags: fastcall ? ['bpf_fastcall'] : [],
  };
}

const attribute = '__attribute__((';

/** The first parenthesis that is not an attribute's opens the parameters. */
function parameterList(declaration: string): number {
  for (let at = 0; at < declaration.length; at++) {
    if (declaration.startsWith(attribute, at)) at = closing(declaration, at + attribute.length - 2);
    else if (declaration[at] === '(') return at;
  }
  return -1;
}

/** Where the parenthesis at `open` is closed; the end of the text when it is not. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

/** `void __attribute__((address_space(1))) *p` -> `void *p` and `address_space(1)`. */
function withoutAttributes(text: string): { text: string; tags: string[] } {
  const tags: string[] = [];
  let plain = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf(attribute, at);
    if (start < 0) break;
    const end = closing(text, start + attribute.length - 2);
    plain += text.slice(at, start).trimEnd();
    tags.push(text.slice(start + attribute.length, end - 1));
    at = end + 1;
  }
  plain += text.slice(at);
  return { text: plain.trim().replace(/\* (?=\*)/g, '*'), tags };
}

/** Splits at commas outside parentheses. */
function splitAtCommas(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < list.length; at++) {
    if (list[at] === '(') depth++;
    if (list[at] === ')') depth--;
    if (list[at] === ',' && depth === 0) {
      parts.push(list.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, list.slice(start)];
}

/** Words that end a type when no name follows. */
const typeWords = new Set(
  'void char short int long signed unsigned float double _Bool bool const volatile restrict'.split(
    ' ',
  ),
);

/**
 * Takes the name out of a parameter:
 *
 *     bool (*less)(void *, void *)     (*name) before the list of a function type
 *     u8 hash[32]                      the last word before the dimensions
 *     struct task_struct *p
 */
function readParam(text: string): { name: string; type: string } {
  const pointed = /^([^()]*)(\([*\s]*)(\w+)/.exec(text);
  if (pointed !== null) {
    const [all, before, stars, name] = pointed as unknown as [string, string, string, string];
    const after = text.slice(all.length);
    // Without a name, bpftool puts no space before a pointer to an array.
    const space = after.startsWith(')[') ? before.trimEnd() : before;
    return { name, type: space + stars + after };
  }
  const bracket = text.indexOf('[');
  const end = bracket < 0 ? text.length : bracket;
  const start = wordStart(text, end);
  const before = text.slice(0, start).trimEnd();
  const name = text.slice(start, end);
  if (before === '' || name === '' || typeWords.has(name) || isOpenType(before))
    return { name: '', type: text };
  return { name, type: before + text.slice(end) };
}

/** Where the word starts that ends at `end`. */
function wordStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && /\w/.test(text[start - 1]!)) start--;
  return start;
}

/** Whether a word more belongs to the type: `struct` task, `const` u32. */
function isOpenType(before: string): boolean {
  const words = before.split(' ');
  const qualified = words.every((word) => word === 'const' || word === 'volatile');
  return qualified || ['struct', 'union', 'enum'].includes(words.at(-1)!);
}
