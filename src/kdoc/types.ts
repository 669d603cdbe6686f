import type {
  BlockContent,
  Data,
  DefinitionContent,
  Literal,
  Parent,
  PhrasingContent,
  Root,
} from 'mdast';
import type { Diagnostic } from '../diagnostic.ts';

/**
 * The nodes of kernel-doc that Markdown has no word for. All else is plain mdast, so that what knows
 * mdast knows most of a kernel-doc tree.
 */

/** What a comment documents, as its first line says. */
export type KdocSubject =
  'function' | 'define' | 'struct' | 'union' | 'enum' | 'typedef' | 'var' | 'doc';

/**
 * `name() - purpose`: the first line, and the lines up to the first parameter or blank one. Children are
 * the purpose, [] without one. Of a `DOC:` block the title is `name`, and there are no children.
 */
export interface KdocHeader extends Parent {
  type: 'kdocHeader';
  kind: KdocSubject;
  name: string;
  children: PhrasingContent[];
  data?: Data;
}

/**
 * `@name: text`. `name` is without the `@` and, when `variadic`, without the dots that end it; of `@...`
 * it is `...`. Of members of members it is the whole path (`a.b`).
 */
export interface KdocParameter extends Parent {
  type: 'kdocParameter';
  name: string;
  variadic: boolean;
  children: KdocBlock[];
  data?: Data;
}

/** The sections that kernel-doc knows; any case is read, this one is written. */
export type KdocSectionName =
  'Description' | 'Context' | 'Return' | 'Note' | 'Notes' | 'Example' | 'Examples';

/** `Return: text`. There is one of each name: what is said later under the same name is added to it. */
export interface KdocSection extends Parent {
  type: 'kdocSection';
  name: KdocSectionName;
  children: KdocBlock[];
  data?: Data;
}

/**
 * What a kernel-doc mark-up names:
 *
 * | kind                            | written                            | target        |
 * | ------------------------------- | ---------------------------------- | ------------- |
 * | `function`                      | `f()`, :c:func:`f`                 | `f`           |
 * | `struct` `union` `enum` `typedef` | `&struct s`, :c:struct:`s`       | `s`           |
 * | `type`                          | `&s`, :c:type:`s`                  | `s`           |
 * | `member`                        | `&s->m`, `&s.m`, `&s->m()`         | `s`, member `m` |
 * | `constant`                      | `%C`, :c:macro:`C`                 | `C`           |
 * | `parameter`                     | `@p`, `@p->m`, `@fp()`             | `p`           |
 * | `environment`                   | `$E`                               | `E`           |
 * | `role`                          | :ref:`text <t>`, :doc:`t`          | `t`, with `role` |
 */
export type KdocReferenceKind =
  | 'function'
  | 'struct'
  | 'union'
  | 'enum'
  | 'typedef'
  | 'type'
  | 'member'
  | 'constant'
  | 'parameter'
  | 'environment'
  | 'role';

/** A name that stands for something, with the words that stand for it. */
export interface KdocReference extends Literal {
  type: 'kdocReference';
  kind: KdocReferenceKind;
  target: string;
  /** Of kind `member` only: what is meant of the target. */
  member?: string;
  /** Of kind `role` only: `ref`, `doc`, `manpage`, … */
  role?: string;
  /** What a reader sees: `struct s`, `s->m`, `f()`, `p`. */
  value: string;
  data?: Data;
}

/** `.. note::` and its like. `kind` is the directive's name; `title` what stands on its line if it is one. */
export interface KdocAdmonition extends Parent {
  type: 'kdocAdmonition';
  kind: string;
  title: string | null;
  children: KdocBlock[];
  data?: Data;
}

/** A list of terms and what is said of each; also of fields (`:name: text`). */
export interface KdocDefinitionList extends Parent {
  type: 'kdocDefinitionList';
  /** Terms and descriptions by turns, as in HTML's `dl`. */
  children: (KdocTerm | KdocDescription)[];
  data?: Data;
}

export interface KdocTerm extends Parent {
  type: 'kdocTerm';
  children: PhrasingContent[];
  data?: Data;
}

export interface KdocDescription extends Parent {
  type: 'kdocDescription';
  children: KdocBlock[];
  data?: Data;
}

/** `.. words`: what reST calls a comment. Not for readers. */
export interface KdocRemark extends Literal {
  type: 'kdocRemark';
  data?: Data;
}

/** What a section, a parameter, a list item may hold. */
export type KdocBlock = BlockContent | DefinitionContent;

declare module 'mdast' {
  interface RootContentMap {
    kdocHeader: KdocHeader;
    kdocParameter: KdocParameter;
    kdocSection: KdocSection;
    kdocDefinitionList: KdocDefinitionList;
    kdocTerm: KdocTerm;
    kdocDescription: KdocDescription;
    kdocAdmonition: KdocAdmonition;
    kdocReference: KdocReference;
    kdocRemark: KdocRemark;
  }
  interface BlockContentMap {
    kdocDefinitionList: KdocDefinitionList;
    kdocAdmonition: KdocAdmonition;
    kdocRemark: KdocRemark;
  }
  interface PhrasingContentMap {
    kdocReference: KdocReference;
  }
  interface TableData {
    /** mdast's first row is a header; reST has tables without one. */
    headless?: boolean;
  }
}

/** A kernel-doc comment: a header, then parameters, then sections; of any other comment, blocks. */
export type KernelDocRoot = Root;

/** What the documented function is like, to check the comment against it. */
export interface Declaration {
  name: string;
  /** Names in order; `...` for varargs, `args...` for a macro's named ones. */
  parameters: readonly string[];
  /** Return type as written; `''` of a macro. */
  returns: string;
}

export interface KernelDocOptions {
  /** Given, the comment is checked against it; left out, nothing is said of names. */
  declaration?: Declaration;
  /** Line in its file of the comment's first line, for the diagnostics; 1 without. */
  line?: number;
  /** For the diagnostics. */
  path?: string | null;
}

/** Says something about a line of the comment, counted from 1. */
export type Report = (
  code: string,
  severity: Diagnostic['severity'],
  line: number,
  message: string,
) => void;
