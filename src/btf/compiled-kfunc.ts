/** A parameter of a kfunc as the compiler knows it. */
export interface CompiledParam {
  /** Empty for one without a name, as `...` is. */
  name: string;
  /** Spelled as in `prototype`, without the name: `struct task_struct *`, `bool (*)(void *)`. */
  type: string;
  /** Attributes of the type, not spelled there: `address_space(1)`, `btf_type_tag("rcu")`. */
  tags: string[];
}

/** A kfunc of a compiled kernel or module, whichever form it was read from. */
export interface CompiledKfunc {
  name: string;
  /**
   * As bpftool spells it, without `extern`, `__weak __ksym` and attributes:
   * `void *bpf_cast_to_kern_ctx(void *obj)`.
   */
  prototype: string;
  /** `void *` */
  returns: string;
  /** Attributes of the type that it returns. */
  returnTags: string[];
  params: CompiledParam[];
  /** Tags of the function itself, sorted, without `bpf_kfunc`: `bpf_fastcall`. */
  tags: string[];
}

/** By name, in the order of code points. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
