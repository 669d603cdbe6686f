/** What each KF_ flag means for whoever calls the kfunc, in one line. */
const flags: Record<string, string> = {
  KF_ACQUIRE: 'returns a reference, which the program must release',
  KF_RELEASE: 'takes over a reference; the pointer is dead afterwards',
  KF_KPTR_GET: 'takes a reference to the object that a kptr in a map points to',
  KF_RET_NULL: 'may return NULL, so check before use',
  KF_TRUSTED_ARGS: 'pointers must be trusted: valid, and passed on unchanged',
  KF_SLEEPABLE: 'may sleep, so only sleepable programs may call it',
  KF_DESTRUCTIVE:
    'may bring the system down, so it takes CAP_SYS_BOOT to load a program that calls it',
  KF_RCU: 'takes pointers that are trusted or protected by RCU',
  KF_RCU_PROTECTED: 'must be called inside an RCU read-side section',
  KF_ITER_NEW: 'begins an iteration',
  KF_ITER_NEXT: 'gives the next element of an iteration',
  KF_ITER_DESTROY: 'ends an iteration',
  KF_FASTCALL: 'keeps to the bpf_fastcall contract: a cheap call that spares registers',
  KF_ARENA_RET: 'returns a pointer into the arena',
  KF_ARENA_ARG1: 'takes a pointer into the arena as first argument',
  KF_ARENA_ARG2: 'takes a pointer into the arena as second argument',
  KF_IMPLICIT_ARGS: 'the verifier supplies its last arguments',
  KF_SPINLOCK_SAFE: 'may be called with a bpf_spin_lock held',
  KF_PERFMON: 'may expose kernel memory, so it takes CAP_PERFMON to load a program that calls it',
  KF_DEPRECATED: 'on its way out',
};

/** What each ending of a parameter's name asks of the argument. */
const suffixes: Record<string, string> = {
  __sz: 'the size in bytes of the memory that the argument before it points to',
  __szk: 'the same as __sz, and a constant',
  __k: 'a constant that the verifier knows',
  __ign: 'ignored by the verifier',
  __prog: 'filled in by the verifier: pass NULL',
  __alloc: 'an object that the program itself allocated',
  __uninit: 'may be uninitialised: the kfunc fills it in',
  __refcounted_kptr: 'an allocated object that holds a bpf_refcount',
  __opt: 'may be NULL, although a size follows',
  __nullable: 'may be NULL',
  __nonown_allowed: 'may be a non-owning reference',
  __str: 'a constant string',
  __map: 'a map',
  __const_map: 'a map that is known when the program is loaded',
  __iter: 'an iterator',
  __irq_flag: 'saved interrupt flags',
  __arena: 'a pointer into the arena, never NULL',
  __arena__nullable: 'a pointer into the arena, or NULL',
  ___init: 'a type of its own for the verifier, though C sees the plain one',
};

/** How it is known that one kfunc took another's place. */
const evidence: Record<string, string> = {
  'same-body': 'the same body',
  'similar-body': 'nearly the same body',
  'similar-doc': 'nearly the same documentation',
  'same-renaming': 'others were renamed alike',
  'same-prototype': 'the same prototype',
  'same-doc': 'the same documentation',
  comment: 'a comment says so',
  wrapper: 'one does nothing but call the other',
  'name-pair': 'their names are a pair',
};

const roles: Record<string, string> = {
  kfunc: 'kfunc',
  destructor: 'destructor: run for a kptr left in a map',
  'attach-point': 'attach point for fmod_ret programs',
  test: 'for the kernel’s own selftests',
};

/** null for a flag that this list does not know yet. */
export function flagWords(flag: string): string | null {
  return flags[flag] ?? null;
}

/** null for a suffix that this list does not know yet. */
export function suffixWords(suffix: string): string | null {
  return suffixes[suffix] ?? null;
}

export function evidenceWords(kind: string): string {
  return evidence[kind] ?? kind;
}

export function roleWords(role: string): string {
  return roles[role] ?? role;
}
