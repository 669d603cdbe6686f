/** Names of the kfuncs that a `vmlinux.h` declares: `extern … name(…) __weak __ksym;`. */
export function declaredKfuncs(header: string): string[] {
  const names: string[] = [];
  for (const line of header.split('\n')) {
    if (!line.startsWith('extern ') || !line.endsWith(' __ksym;')) continue;
    const name = /([A-Za-z_]\w*)\(/.exec(line.replace(/__attribute__\(\(.*?\)\)+/g, ''))?.[1];
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** Parameter names of one declaration, outermost parentheses only; `[]` for `(void)`. */
export function declaredParams(header: string, name: string): string[] | null {
  const line = header
    .split('\n')
    .find((l) => l.startsWith('extern ') && l.endsWith(' __ksym;') && l.includes(`${name}(`));
  if (line === undefined) return null;
  const list = line.slice(line.indexOf(`${name}(`) + name.length + 1, line.lastIndexOf(')'));
  if (list === 'void') return [];
  const params: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of list) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) {
      params.push(current);
      current = '';
    } else current += char;
  }
  params.push(current);
  return params.map((param) => {
    const pointer = /\(\*(\w+)\)\(/.exec(param);
    return pointer?.[1] ?? /(\w+)(?:\[\d*\])?$/.exec(param.trim())?.[1] ?? param.trim();
  });
}
