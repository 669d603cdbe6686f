/** Splits at commas outside parentheses. */
function splitAtCommas(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of list) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += char;
  }
  return [...parts, current];
}

/** `struct task_struct *p`, `bool (*less)(…)`, `u8 buf[16]` -> its name. */
function paramName(param: string): string {
  const text = param.trim();
  return /\(\*(\w+)\)\(/.exec(text)?.[1] ?? /(\w+)(?:\[\d*\])?$/.exec(text)?.[1] ?? text;
}

/**
 * The kfuncs that a `vmlinux.h` declares, `extern … name(…) __weak __ksym;`, each with the names of its
 * parameters.
 */
export function declaredKfuncs(header: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of header.split('\n')) {
    if (!line.startsWith('extern ') || !line.endsWith(' __ksym;')) continue;
    const plain = line.replace(/__attribute__\(\(.*?\)\)+/g, '');
    // The first parenthesis opens the parameters: the name is the word before it.
    const open = plain.indexOf('(');
    const name = /(\w+)$/.exec(plain.slice(0, open))![1]!;
    const list = plain.slice(open + 1, plain.lastIndexOf(') __weak'));
    found.set(name, list === 'void' ? [] : splitAtCommas(list).map(paramName));
  }
  return found;
}
