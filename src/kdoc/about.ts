import { looksLikeCode } from './code.ts';
import { readLines } from './lines.ts';

/** Whether a plain comment is about a function, and what tells. */
export interface About {
  about: boolean;
  /** For readers of a report: `names the function`. */
  reason: string;
}

const yes = (reason: string): About => ({ about: true, reason });
const no = (reason: string): About => ({ about: false, reason });

const SEVERAL =
  '(?:k?func(?:tion)?s|helpers|routines|wrappers|stubs|definitions|declarations|prototypes)';
const COUNT = '(?:\\d+|two|three|four|five|few|several|couple(?: of)?)';

/** What is no documentation of the function below it, whatever that is; the first that fits is told. */
const OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/^[^\p{L}\p{N}]*$/u, 'has no words'],
  [
    /^(?:SPDX-|Copyright\b|\(c\) |clang-format |checkpatch|sparse:|smatch:|coverity|fall ?through$|NOLINT|LCOV_)/i,
    'speaks to a tool, or of the file',
  ],
  [
    /^(?:#?\s*(?:if|ifdef|ifndef|else|endif)\s+)?!?\s*(?:defined\s*\(\s*)?CONFIG_\w+\s*\)?$/,
    'repeats a condition',
  ],
  [/^(?:TODO|FIXME|XXX|HACK)\b/, 'is a note to those who change the code'],
  [
    /^(?:protects|protected by|guards|guarded by|serializes|serialized by)\b/i,
    'is about data and a lock',
  ],
  [/^[-=*#~_<>]{2,}.*[-=*#~_<>]{2,}$/s, 'is a banner'],
  [
    /\b(?:starts?|begins?|ends?) here\b|\bfrom here on\b|^(?:start|begin|end) of\b/i,
    'is about a part of the file',
  ],
  // `BPF kfuncs for XDP`, `Helpers of the above`, with no verb that one function could be the subject of.
  [
    new RegExp(
      `^(?:the )?(?:(?!(?:the|a|an|of|to|all) )[\\w/-]+ ){0,3}${SEVERAL}\\b(?! (?:a|an|the) )`,
      'i',
    ),
    'is about several functions',
  ],
  [
    new RegExp(
      `(?:^|[.:;] +)(?:the )?(?:next|following|below|these|those|all|both)(?: ${COUNT})?(?: [\\w/-]+)? (?:${SEVERAL}|ones)\\b`,
      'i',
    ),
    'is about several functions',
  ],
];

/** `name - words`, `name(): words`: a function's name, which no word of a sentence is. */
const HEADED = /^(\w*[a-z]\w*)(?:(\(\w*\))\s*(?:[-–:]|$)|\s+[-–]\s|:\s|$)/;

/**
 * Whether a plain comment that stands right above a function, nothing but white space between, is about
 * that function, so that it can be shown as its documentation.
 *
 * Where it stands speaks for it: the kernel's style has nothing else there. So a comment is about the
 * function unless its words say otherwise: it counts several functions, marks a part of the file, frames
 * a title, holds code, a condition, or a note to a tool or to those who change the code. A comment that
 * names the function is about it in any case. One that is headed by another name is, too: of some 40 in
 * kernel/, net/, mm/ and lib/ nearly all have a former name of the function, or a slip of the pen.
 *
 * @param comment with or without its delimiters
 */
export function isAbout(name: string, comment: string): About {
  const lines = readLines(comment.slice(0, 100_000)).lines.filter((line) => line.text !== '');
  const text = lines.map((line) => line.text).join('\n');
  const words = text.slice(0, 2000).replace(/\s+/g, ' ').trim();
  if (new RegExp(`(?<!\\w)${name.replace(/\W/g, '\\$&')}(?!\\w)`).test(text)) {
    return yes('names the function');
  }
  const [, other = '', brackets] = HEADED.exec(lines[0]?.text ?? '') ?? [];
  if (brackets !== undefined || other.includes('_')) {
    return yes(`is headed ${other}, and stands right above this one`);
  }
  for (const [pattern, reason] of OTHERWISE) if (pattern.test(words)) return no(reason);
  if (lines.length > 1 && looksLikeCode(lines)) return no('is code');
  return yes('stands right above it, and speaks of nothing else');
}
