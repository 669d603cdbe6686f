import type { CField, Token } from './types.ts';

/**
 * The designated fields of a struct initialiser, its outer braces included in `tokens`: `.set = &x`. Fields
 * of nested structs are part of the value of theirs; `.a.b = c` is the field `a.b`.
 */
export function fieldsOf(tokens: readonly Token[]): CField[] {
  const fields: CField[] = [];
  let depth = 0;
  let field: CField | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i]!;
    const text = t.kind === 'punctuator' ? t.text : '';
    //   { .set = &x, .filter = f }
    //     ^
    if (depth === 1 && text === '.' && isStart(tokens[i - 1])) {
      let name = '';
      let j = i;
      for (; tokens[j]?.text === '.' && tokens[j + 1]?.kind === 'identifier'; j += 2) {
        name += `${name === '' ? '' : '.'}${tokens[j + 1]!.text}`;
      }
      if (tokens[j]?.text === '=' && name !== '') {
        field = { name, value: [], line: t.line, guard: t.guard };
        fields.push(field);
        i = j;
        continue;
      }
    }
    if (text === '(' || text === '[' || text === '{') depth++;
    else if (text === ')' || text === ']' || text === '}') depth--;
    if (depth === 0) break;
    if (depth === 1 && text === ',') field = null;
    else field?.value.push(t);
  }
  return fields;
}

/** A field may follow a `,` or the `{`; after a conditional, also the value of a field without a comma. */
const isStart = (before: Token | undefined) =>
  before !== undefined && (before.text === ',' || before.text === '{');
