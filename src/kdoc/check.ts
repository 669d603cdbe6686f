import type { Header } from './header.ts';
import type { Part } from './sections.ts';
import type { Declaration, Report } from './types.ts';

/** `args...` is documented as `args` or `args...`; `buf[4]` as `buf`. */
function documented(name: string): string {
  if (name === '...') return name;
  return name.replace(/\.{3}$/, '').replace(/\[.*$/, '');
}

/**
 * What a comment says of names that its declaration does not have, and the other way round. Parameters
 * named `...` need no description, and a `void` function no Return.
 *
 * tools/lib/python/kdoc/kdoc_parser.py, dump_function, push_parameter, check_sections,
 * check_return_section.
 */
export function checkAgainst(
  declaration: Declaration,
  header: Header,
  parts: readonly Part[],
  line: number,
  report: Report,
): void {
  const { name } = declaration;
  // What a profiled allocation is defined as is documented by the name that all use.
  if (header.name !== name && `${header.name}_noprof` !== name) {
    const said = `expecting prototype for ${header.name}(). Prototype was for ${name}() instead`;
    report('name-mismatch', 'warning', line, said);
  }
  const described = parts.filter((part) => part.kind === 'parameter');
  const names = new Set(declaration.parameters.map(documented));
  const told = new Set(described.map((part) => documented(part.name)));
  for (const parameter of names) {
    if (parameter === '...' || parameter === '' || parameter === 'void') continue;
    if (told.has(parameter)) continue;
    const said = `function parameter '${parameter}' not described in '${name}'`;
    report('missing-parameter', 'warning', line, said);
  }
  for (const part of described) {
    if (names.has(documented(part.name))) continue;
    const said = `Excess function parameter '${part.name}' description in '${name}'`;
    report('excess-parameter', 'warning', part.heading?.line ?? line, said);
  }
  const isVoid = declaration.returns === '' || /\bvoid\s*$/.test(declaration.returns);
  if (!isVoid && !parts.some((part) => part.name === 'Return')) {
    const said = `No description found for return value of '${name}'`;
    report('missing-return', 'info', line, said);
  }
}
