/** Where names lead. Each is null for what is better left without a link. */
export interface ProseLinks {
  /** The page of a kfunc, of whatever release; null for any other name. */
  kfunc: (name: string) => string | null;
  /** The page of a flag (`KF_RCU`). */
  flag: (name: string) => string | null;
  /** A function, type or macro of the kernel's, where its source is looked up. */
  identifier: (name: string) => string | null;
}

/** What is rendered, and where it will stand. */
export interface ProseContext {
  /** The function that the words are about; it is not linked to itself. */
  name: string;
  kind: 'kernel-doc' | 'comment';
  links: ProseLinks;
  /** What the ids of parameters begin with (`param-`); null where another text on the page has them. */
  idPrefix: string | null;
}

/** A comment as HTML, which holds nothing that schema.ts does not allow. */
export interface Prose {
  html: string;
  /** The purpose, on one line, as text; `''` without one. */
  purpose: string;
  /** What a kernel-doc header says is documented; null of what has no such header. */
  documents: string | null;
}
