/**
 * What the C reader gives: the file-scope structure of a kernel source file, with the
 * preprocessor's conditionals attached to each item instead of evaluated.
 */

/**
 * A preprocessor condition. `symbol` is a Kconfig symbol without its `CONFIG_` prefix stripped;
 * `test` says how it was asked for, since they differ for tristates:
 * `defined` (`#ifdef CONFIG_X`: =y only), `enabled` (IS_ENABLED: y or m), `builtin` (IS_BUILTIN: y),
 * `module` (IS_MODULE, `CONFIG_X_MODULE`: m), `reachable` (IS_REACHABLE).
 * `text` is anything else, verbatim with white space normalised (`defined(__KERNEL__)`, `FOO > 3`).
 */
export type Cond =
  | { op: 'true' }
  | { op: 'false' }
  | { op: 'and' | 'or'; terms: Cond[] }
  | { op: 'not'; term: Cond }
  | { op: 'symbol'; name: string; test: 'defined' | 'enabled' | 'builtin' | 'module' | 'reachable' }
  | { op: 'text'; text: string };

/** A token of C. `text` is the source text; strings and chars keep their quotes. */
export interface Token {
  kind: 'identifier' | 'number' | 'string' | 'char' | 'punctuator';
  text: string;
  /** 1-based line in the file. */
  line: number;
  /** Offset of the first character in the file's text; -1 for a token made by macro expansion. */
  start: number;
  /** Guard in force at the token. */
  guard: Cond;
}

/** The comment above an item: nothing but white space between, or kernel-doc of its name (see comments.ts). */
export interface Comment {
  /** `kernel-doc` opens with `/**` and a line that is not blank of text; `comment` is any other. */
  kind: 'kernel-doc' | 'comment';
  /** Raw, with delimiters; consecutive `//` lines are one comment. */
  text: string;
  /** 1-based line of its first character. */
  line: number;
}

export interface CParam {
  /** Empty when the prototype leaves it out. */
  name: string;
  /** Normalised: `const struct task_struct *`, `int (*)(void)`; `...` for varargs. */
  type: string;
  /** Whole declarator, normalised: `struct task_struct *p`, `int (*cb)(void *ctx)`, `u8 buf[16]`. */
  text: string;
}

export interface CFunction {
  kind: 'function';
  name: string;
  line: number;
  /** Line of the first token of the declaration (the return type or an attribute before it). */
  startLine: number;
  /** Return type, normalised, without storage class and attributes: `struct task_struct *`. */
  returns: string;
  params: CParam[];
  isStatic: boolean;
  isInline: boolean;
  /** True for a definition, false for a declaration that ends in `;`. */
  isDefinition: boolean;
  /** Words of the declaration that are no part of the type: `__bpf_kfunc`, `noinline`, `__printf`, … */
  attributes: string[];
  guard: Cond;
  comment: Comment | null;
  /** Tokens between the outer braces, without them; [] for a declaration. Comments are not in it. */
  body: Token[];
  /**
   * Whether a word may be among the body's tokens: false is certain. To ask is much quicker than to have
   * the tokens made.
   */
  mayHold: (word: string) => boolean;
  /** Comments inside the body. */
  bodyComments: Comment[];
}

/** A designated field of a struct initialiser: `.set = &x`. */
export interface CField {
  name: string;
  value: Token[];
  line: number;
  guard: Cond;
}

export interface CVariable {
  kind: 'variable';
  name: string;
  /** `struct btf_kfunc_id_set`, without storage class, qualifiers and attributes. */
  type: string;
  isStatic: boolean;
  isArray: boolean;
  /** Top-level designated fields of `{ … }`; [] when there are none. */
  fields: CField[];
  /** All tokens of the initialiser, braces included; [] without one. */
  initialiser: Token[];
  /** Whether a word may be among the initialiser's tokens, as of a function's body. */
  mayHold: (word: string) => boolean;
  line: number;
  guard: Cond;
}

/** `NAME(args)` or a bare `NAME` at file scope: a macro whose meaning the C reader does not know. */
export interface CInvocation {
  kind: 'invocation';
  name: string;
  /** Arguments split at top-level commas; null for a bare name. */
  args: Token[][] | null;
  line: number;
  guard: Cond;
  /** Index in the order of macro definitions: which #defines were in force (see CFile.macros). */
  order: number;
}

export type CItem = CFunction | CVariable | CInvocation;

/** `#define` or `#undef`, in source order. */
export interface CMacro {
  name: string;
  /** null for an object-like macro. `...` is the last parameter of a variadic one. */
  params: string[] | null;
  /** null for #undef. */
  body: Token[] | null;
  line: number;
  guard: Cond;
  /** Position in source order among items and macros: compare with CInvocation.order. */
  order: number;
  /** The comment at the end of its line, raw, or the one right above it; null without one. */
  comment: Comment | null;
}

export interface CInclude {
  /** As written between the quotes or brackets. */
  path: string;
  system: boolean;
  line: number;
  guard: Cond;
}

export interface CFile {
  items: CItem[];
  macros: CMacro[];
  includes: CInclude[];
}
