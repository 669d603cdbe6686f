/** The Kconfig symbols of a condition as the dataset writes it: `CONFIG_A && !CONFIG_B=m`. */
export function configSymbols(expr: string): Set<string> {
  return new Set(expr.match(/\bCONFIG_\w+/g));
}
