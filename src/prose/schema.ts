import type { Options as Schema } from 'rehype-sanitize';

/**
 * All that a comment of the kernel's may become: every element, attribute, class, id and kind of address
 * that is not named here is taken out again, whatever made it. Words stay.
 */
export const schema: Schema = {
  tagNames: [
    ...['p', 'blockquote', 'pre', 'div', 'hr', 'br'],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ...['a', 'code', 'em', 'strong', 'sup', 'span', 'ins', 'del'],
  ],
  attributes: {
    a: ['href'],
    div: [
      ['className', 'scroll', 'admonition', 'footnote', 'words'],
      ['role', 'note'],
      ['tabIndex', 0],
    ],
    dl: [['className', 'parts', 'terms']],
    dt: [['id', /^(?:state-[\w.+-]+-)?param-\w+(?:\.\w+)*$/]],
    ol: [['start', /^\d{1,3}$/]],
    p: [['className', 'purpose', 'title']],
    pre: [
      ['className', 'code'],
      ['tabIndex', 0],
    ],
    span: [
      ['className', /^c-(?:keyword|type|function|param|constant|string|comment)$/, 'unprintable'],
    ],
    th: [['scope', 'col']],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
  // Ids are the ones above, whole: nothing of the text's own choice needs a prefix.
  clobber: [],
  ancestors: {
    li: ['ul', 'ol'],
    dt: ['dl'],
    dd: ['dl'],
    thead: ['table'],
    tbody: ['table'],
    tr: ['table'],
    th: ['table'],
    td: ['table'],
  },
  // Nothing goes with its words.
  strip: [],
  allowComments: false,
  allowDoctypes: false,
};
