import { CHAR, IDENTIFIER, NUMBER, STRING } from './codes.ts';
import type { Token } from './types.ts';

/** The word for a token's code (see codes.ts). */
export function kindOf(code: number): Token['kind'] {
  switch (code) {
    case IDENTIFIER:
      return 'identifier';
    case NUMBER:
      return 'number';
    case STRING:
      return 'string';
    case CHAR:
      return 'char';
    default:
      return 'punctuator';
  }
}
