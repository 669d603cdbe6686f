import type { z } from 'zod';

/** At how many places a sentence about one file stops. */
const mostTold = 5;

/**
 * Says what is wrong with `value`, one line an issue, each with the place, what was expected there and
 * what was found:
 *
 *     lines[0].states[2].flags: expected an array, found the text "KF_RCU"
 */
export function describeIssues(issues: readonly z.core.$ZodIssue[], value: unknown): string[] {
  const told = issues.slice(0, mostTold).map((issue) => {
    const found = at(value, issue.path);
    return `${pathText(issue.path)}: ${explain(issue, found)}`;
  });
  const more = issues.length - told.length;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

/** `lines[0].states[2].doc`, `definitions["odd name"]`; the whole file is `(top level)`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    })
    .join('')
    .replace(/^\./, '');
  return text === '' ? '(top level)' : text;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<PropertyKey, unknown>)[key];
  }
  return found;
}

function explain(issue: z.core.$ZodIssue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeName(issue.expected)}, found ${describe(found)}`;
    case 'invalid_value': {
      const allowed = issue.values.map((v) => JSON.stringify(v)).join(', ');
      const expected = issue.values.length === 1 ? allowed : `one of ${allowed}`;
      return `expected ${expected}, found ${describe(found)}`;
    }
    case 'invalid_format':
      return `expected a text of the form ${issue.pattern ?? issue.format}, found ${describe(found)}`;
    case 'unrecognized_keys': {
      const keys = issue.keys.map((k) => JSON.stringify(k)).join(', ');
      return `has ${issue.keys.length === 1 ? 'a key' : 'keys'} that the schema does not know: ${keys}`;
    }
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}, found ${describe(found)}`;
    default:
      return `${issue.message}, found ${describe(found)}`;
  }
}

function typeName(type: string): string {
  const names: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'an array',
    object: 'an object',
    record: 'an object',
    null: 'null',
  };
  return names[type] ?? type;
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  const short = text.length > 60 ? `${text.slice(0, 57)}…"` : text;
  return typeof value === 'string' ? `the text ${short}` : short;
}
