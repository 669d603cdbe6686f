/**
 * The kernel's own words as HTML: a comment by way of remark and rehype, through a schema of what may
 * come out.
 *
 *     renderProse(comment, context)    kernel-doc, or a plain comment, with its names linked
 *     renderBrief(comment, context)    its first words: of the kfunc, of each parameter, of the return value
 *     briefWords(comment, kind)        what it says of the kfunc in short, as plain text
 *     renderDifference(was, now)       what changed between two versions of one, word by word
 *     highlight(code)                  C by the kinds of its words
 *     visible(text)                    text with what cannot be seen written out
 *     isAbout(name, comment)           whether a plain comment documents the function below it
 */
export { isAbout } from '../kdoc/index.ts';
export { briefWords, renderBrief, type Brief, type BriefText } from './brief.ts';
export { renderDifference } from './difference.ts';
export { highlight, type CodeToken } from './highlight.ts';
export { renderProse } from './render.ts';
export type { ProseLinks } from './types.ts';
export { visible } from './visible.ts';
export type { ProseText } from './words.ts';
