/**
 * kernel-doc, the form of comment in which the kernel documents its functions, as a syntax of the
 * unified family: comment text to mdast, with positions.
 *
 *     parseKernelDoc(comment)                          the tree, and what is odd about the comment
 *     unified().use(remarkKernelDoc).parse(comment)    the same within unified
 *     parseComment(comment)                            a plain comment, as prose
 *     isAbout(name, comment)                           whether that one documents a function
 *
 * What comes out (types.ts has each node):
 *
 *     root
 *       kdocHeader     name() - purpose         kind, name; children: phrasing, the purpose
 *       kdocParameter  @name: text              name, variadic; children: blocks
 *       kdocSection    Return: text             name; children: blocks
 *
 * in this order, however the comment has them; Description is a section like the others. A plain
 * comment, or one that is no kernel-doc after all, gives blocks right below the root.
 *
 * Blocks are mdast's `paragraph`, `list`, `code` (`lang` null when the comment does not say: C, then, or
 * nothing), `table` (with `data.headless` when its first row is no header), `blockquote`, `heading`,
 * `thematicBreak`, `definition`, `footnoteDefinition`, and `kdocDefinitionList` (of `kdocTerm` and
 * `kdocDescription` by turns), `kdocAdmonition` (`.. note::`), `kdocRemark` (not for readers).
 *
 * Phrasing is mdast's `text` (with the comment's line feeds), `inlineCode`, `emphasis`, `strong`, `link`
 * (http, https, ftp and mailto only), `linkReference`, `footnoteReference`, `break`, and
 * `kdocReference`: a function, type, constant, parameter, … with the words to show as `value`.
 *
 * Nothing in a tree is HTML: all of it is text from a tree that is not trusted.
 */
export { isAbout } from './about.ts';
export { commentText } from './comment.ts';
export { parseKernelDoc } from './parse.ts';
export { parseComment } from './plain.ts';
export { remarkKernelDoc } from './remark.ts';
export type * from './types.ts';
