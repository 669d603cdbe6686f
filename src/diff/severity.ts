/**
 * What a change of a kfunc means for a program that was built for the older side: the rules, each with
 * its reason. meanings.ts finds out which rules a change meets.
 *
 * Two judges decide whether a program loads. libbpf (tools/lib/bpf/libbpf.c,
 * bpf_object__resolve_ksym_func_btf_id, the same in 6.12, 7.2 and 7.3) looks the name up in the kernel's
 * BTF and wants bpf_core_types_are_compat() of both prototypes; for a name that is declared `__weak` it
 * takes an incompatible kfunc for an absent one (in 6.1 that is an error, too). The verifier (kernel/bpf/verifier.c,
 * check_kfunc_call and check_kfunc_args) then holds each call against the flags, the BTF of the kfunc
 * and the suffixes of its parameters. What neither looks at breaks no load.
 */
import type { Meaning, Severity } from './types.ts';

interface Rule {
  severity: Severity;
  /** In plain words, the kfunc being the subject; without a full stop. */
  text: string;
}

const breaks = (text: string): Rule => ({ severity: 'breaks-load', text });
const mayBreak = (text: string): Rule => ({ severity: 'may-break', text });
const compatible = (text: string): Rule => ({ severity: 'compatible', text });

/** The rules by their names, which are stable. */
export const RULES = {
  // libbpf finds no FUNC of the name: "not found in kernel or module BTFs".
  removed: breaks('is gone'),
  // The same; nothing leads a program from the old name to the new one.
  renamed: breaks('has another name, and the old one is gone'),
  // Still in BTF, but in no set of a hook: btf_kfunc_is_allowed() in kernel/bpf/btf.c,
  // btf_kfunc_id_set_contains() up to 6.12: "calling kernel function … is not allowed".
  'no-kfunc': breaks('can no longer be called'),
  // btf_kfunc_is_modify_return(): a program of type fmod_ret that is attached to it does not load.
  'attach-point-lost': mayBreak('can no longer be attached to'),
  // What a program may call does not depend on destructors or on what else a function is.
  'role-changed': compatible('has another role beside'),
  added: compatible('is new'),

  // __bpf_core_types_are_compat() in relo_core.c: the number of parameters must be the same. Arguments
  // that the verifier supplies are not in the prototype that BTF has for programs.
  'parameter-added': breaks('takes more arguments'),
  'parameter-removed': breaks('takes fewer arguments'),
  // The same function: types must be of one kind at each step down through pointers, modifiers and
  // typedefs skipped. An integer is no pointer, no enum and no void; `void *` is no `struct foo *`.
  'incompatible-type': breaks('has another kind of type in its prototype'),
  // libbpf takes any struct for another. The verifier does not: process_kf_arg_ptr_to_btf_id(),
  // "expected pointer to struct … but … has a pointer to struct …".
  'struct-changed': breaks('takes a pointer to another struct'),
  // A pointer that comes back is one to the new struct, and what the program reads through it is held
  // against that one's members; or it is handed on to where the old struct is wanted.
  'returned-struct-changed': mayBreak('returns a pointer to another struct'),
  // libbpf takes any integer for another, and the verifier any scalar. But a caller that was compiled for
  // fewer bits has proven bounds of those alone, and does not extend the sign of a negative number; and
  // the memory behind a pointer to more bits must be larger (KF_ARG_PTR_TO_MEM).
  'integer-changed': mayBreak('has an integer of another width in its prototype'),
  // Of one width only the reading differs. No judge looks at the sign or at the name of an enum.
  'integer-respelled': compatible('has an integer of the same width in its prototype'),
  // A typedef may hide any type, and a callback's parameters are checked where it is called.
  'type-changed': mayBreak('has another type in its prototype'),
  // skip_mods_and_typedefs() in libbpf; check_kfunc_args() looks for no BTF_KIND_CONST, and asks for
  // memory that can be read and written either way.
  'const-changed': compatible('has `const` in another place of its prototype'),
  // Names of parameters are for nobody but their suffixes.
  'parameter-renamed': compatible('calls an argument by another name'),
  'kernel-prototype-changed': compatible(
    'has another prototype in the kernel; programs see the same',
  ),

  // btf_param_match_suffix(): see SUFFIXES.
  'suffix-stricter': mayBreak('demands more of an argument'),
  'suffix-looser': compatible('demands less of an argument'),

  // check_kfunc_call(): "program must be sleepable to call sleepable kfunc", and not in a section that
  // must not sleep. Most programs are not sleepable.
  'sleepable-demanded': breaks('may only be called by sleepable programs, where they may sleep'),
  'sleepable-no-more': compatible('may be called by programs that are not sleepable, too'),
  // can_be_sleepable() and check_attach_btf_id(): programs of type SYSCALL are sleepable, and no others
  // need be. They still may hold a lock or be in an RCU read section.
  'sleepable-within': mayBreak(
    'may no longer be called under a lock or in an RCU read section, though its programs are sleepable',
  ),
  // check_kfunc_call(): "destructive kfunc calls require CAP_SYS_BOOT capability".
  'boot-demanded': breaks('wants CAP_SYS_BOOT of whoever loads the program'),
  'boot-no-more': compatible('no longer wants CAP_SYS_BOOT'),
  // 7.3, check_kfunc_call(): "allowed only to CAP_PERFMON and CAP_SYS_ADMIN".
  'perfmon-demanded': breaks('wants CAP_PERFMON of whoever loads the program'),
  'perfmon-no-more': compatible('no longer wants CAP_PERFMON'),
  // check_kfunc_call(): "requires RCU critical section protection"; a program that is not sleepable is in
  // one all along. What is returned is good within it alone (MEM_RCU).
  'rcu-section-demanded': breaks('must be called in an RCU read section'),
  // in_rcu_cs(): true of every program that is not sleepable.
  'rcu-section-there': compatible(
    'must be called in an RCU read section, in which its programs are all along',
  ),
  'rcu-section-no-more': compatible('may be called outside an RCU read section, too'),

  // check_kfunc_args(), KF_ARG_PTR_TO_BTF_ID: "must be referenced or trusted", and "Possibly NULL pointer
  // passed to trusted". Up to 6.19 asked of kfuncs with KF_TRUSTED_ARGS or KF_RELEASE, from 7.0 on of all
  // but those with KF_RCU.
  'trusted-pointers-demanded': mayBreak('takes only pointers that are trusted and not NULL'),
  // The same place: "must be a rcu pointer", and NULL is refused as well.
  'rcu-pointers-demanded': mayBreak(
    'takes only pointers that are trusted or RCU-protected, and not NULL',
  ),
  'pointers-relaxed': compatible('takes pointers that it did not take'),
  'pointers-same': compatible('takes the same pointers as before'),
  // check_kfunc_call(): R0 becomes PTR_MAYBE_NULL, and reading through it without a test is refused.
  'null-returned': mayBreak('may return NULL, which a program must test for'),
  'null-no-more': compatible('no longer returns NULL'),
  // acquire_reference() for what it returns, and check_reference_leak() at the end: "Unreleased reference".
  'acquire-gained': mayBreak('returns a reference, which a program must release'),
  // The kfunc that releases it gets a pointer that is not referenced: "expects referenced PTR_TO_BTF_ID".
  'acquire-lost': mayBreak('no longer returns a reference, so there is nothing to release'),
  // check_kfunc_args(): the pointer must be referenced, and cannot be used after the call.
  'release-gained': mayBreak('releases the reference that it is given'),
  'release-lost': mayBreak('no longer releases what it is given'),
  // process_iter_arg(): the iterator's state is checked for kfuncs with these flags alone.
  'iterator-changed': mayBreak('takes part in an iteration in another way'),
  // 6.0 to 6.3, process_kptr_func(): the argument is a pointer to a kptr in a map.
  'kptr-changed': mayBreak('takes its kptr in another way'),
  // 7.3, kfunc_spin_allowed(): "function calls are not allowed while holding a lock".
  'spinlock-refused': mayBreak('may no longer be called while a bpf_spin_lock is held'),
  'spinlock-allowed': compatible('may be called while a bpf_spin_lock is held'),
  // KF_FASTCALL only lets the verifier drop spills; KF_ARENA_* are for who writes BTF
  // (tools/bpf/resolve_btfids); KF_IMPLICIT_ARGS does not change what programs see.
  'flag-without-effect': compatible('has flags that ask nothing of programs'),
  'flag-unknown': mayBreak('has another flag, of which nothing is known here'),

  // bpf_prog_type_to_kfunc_hook() in kernel/bpf/btf.c, and the sets of the hook and of the common one.
  'program-type-lost': breaks('can no longer be called from some programs'),
  'program-type-gained': compatible('can be called from more programs'),
  // __btf_kfunc_is_allowed() (6.12: __btf_kfunc_id_set_contains()): the filters of a hook may refuse a
  // program by whatever they look at.
  'filter-added': mayBreak('is registered with a filter, which may refuse a program'),
  'filter-changed': mayBreak('is registered with another filter'),
  'filter-removed': compatible('is registered without a filter'),

  // Absent from kernels that are configured so: then as if removed.
  'config-narrowed': mayBreak('needs more of the configuration'),
  // One symbol in place of another: which of them brings the other along, the records do not tell.
  'config-changed': mayBreak('needs something else of the configuration'),
  'config-widened': compatible('needs less of the configuration'),
  deprecated: compatible('is said to be on its way out'),
  'deprecation-changed': compatible('is said otherwise to be on its way out'),
  'deprecated-no-more': compatible('is no longer said to be on its way out'),
  moved: compatible('is defined in another file'),
  doc: { severity: 'documentation', text: 'is documented in other words' },
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

/** The meaning that a rule gives to a change; `text` in place of the rule's own where it can say more. */
export function meaning(rule: RuleName, text: string = RULES[rule].text): Meaning {
  return { severity: RULES[rule].severity, rule, text };
}

/** The rules of flags that come and go; KF_RCU and KF_TRUSTED_ARGS depend on each other: meanings.ts. */
export const FLAGS: Readonly<Record<string, { gained: RuleName; lost: RuleName }>> = {
  KF_ACQUIRE: { gained: 'acquire-gained', lost: 'acquire-lost' },
  KF_RELEASE: { gained: 'release-gained', lost: 'release-lost' },
  KF_RET_NULL: { gained: 'null-returned', lost: 'null-no-more' },
  KF_KPTR_GET: { gained: 'kptr-changed', lost: 'kptr-changed' },
  KF_SLEEPABLE: { gained: 'sleepable-demanded', lost: 'sleepable-no-more' },
  KF_DESTRUCTIVE: { gained: 'boot-demanded', lost: 'boot-no-more' },
  KF_PERFMON: { gained: 'perfmon-demanded', lost: 'perfmon-no-more' },
  KF_RCU_PROTECTED: { gained: 'rcu-section-demanded', lost: 'rcu-section-no-more' },
  KF_ITER_NEW: { gained: 'iterator-changed', lost: 'iterator-changed' },
  KF_ITER_NEXT: { gained: 'iterator-changed', lost: 'iterator-changed' },
  KF_ITER_DESTROY: { gained: 'iterator-changed', lost: 'iterator-changed' },
  KF_SPINLOCK_SAFE: { gained: 'spinlock-allowed', lost: 'spinlock-refused' },
  KF_FASTCALL: { gained: 'flag-without-effect', lost: 'flag-without-effect' },
  KF_ARENA_RET: { gained: 'flag-without-effect', lost: 'flag-without-effect' },
  KF_ARENA_ARG1: { gained: 'flag-without-effect', lost: 'flag-without-effect' },
  KF_ARENA_ARG2: { gained: 'flag-without-effect', lost: 'flag-without-effect' },
  KF_IMPLICIT_ARGS: { gained: 'flag-without-effect', lost: 'flag-without-effect' },
  // Announces removal (Documentation/bpf/kfuncs.rst); the verifier does not look at it.
  KF_DEPRECATED: { gained: 'deprecated', lost: 'deprecated-no-more' },
};

/** Program types that are sleepable without exception (check_attach_btf_id() in kernel/bpf/verifier.c). */
export const SLEEPABLE_TYPES: readonly string[] = ['BPF_PROG_TYPE_SYSCALL'];

/** Program types that can be sleepable, in one release or another (can_be_sleepable()). */
export const MAYBE_SLEEPABLE_TYPES: readonly string[] = [
  ...SLEEPABLE_TYPES,
  'BPF_PROG_TYPE_TRACING',
  'BPF_PROG_TYPE_LSM',
  'BPF_PROG_TYPE_KPROBE',
  'BPF_PROG_TYPE_STRUCT_OPS',
  'BPF_PROG_TYPE_RAW_TRACEPOINT',
  'BPF_PROG_TYPE_TRACEPOINT',
  // The common hook, and a program that takes the place of another.
  'BPF_PROG_TYPE_UNSPEC',
  'BPF_PROG_TYPE_EXT',
];

interface Suffix {
  /** The rules where a parameter gets the suffix, and where it loses it. */
  gained: RuleName;
  lost: RuleName;
  /** What it says of an argument, which is the subject, while it is there and when it is gone. */
  with: string;
  without: string;
}

const demands = (yes: string, no: string): Suffix => ({
  gained: 'suffix-stricter',
  lost: 'suffix-looser',
  with: yes,
  without: no,
});
const allows = (yes: string, no: string): Suffix => ({
  gained: 'suffix-looser',
  lost: 'suffix-stricter',
  with: yes,
  without: no,
});
/** Another kind of argument either way. */
const turns = (yes: string, no: string): Suffix => ({
  ...demands(yes, no),
  lost: 'suffix-stricter',
});

/** What the ending of a parameter's name makes the verifier do: is_kfunc_arg_*() in kernel/bpf/verifier.c. */
export const SUFFIXES: Readonly<Record<string, Suffix>> = {
  __sz: turns(
    'is the size of the memory before it',
    'is no longer the size of the memory before it',
  ),
  __szk: turns(
    'is the size of the memory before it, and must be a constant',
    'is no longer the constant size of the memory before it',
  ),
  __k: demands('must be a constant', 'need not be a constant'),
  __ign: allows('is not looked at', 'is looked at'),
  // Up to 6.19; supplied by the verifier, whatever a program passes.
  __prog: allows('is supplied by the verifier', 'is no longer supplied by the verifier'),
  __alloc: demands('must be an allocated object', 'need not be an allocated object'),
  __refcounted_kptr: demands(
    'must be an object with a reference count',
    'need not be an object with a reference count',
  ),
  __uninit: turns('must be a dynptr that is not initialised', 'must be an initialised dynptr'),
  __opt: allows('may be NULL', 'must not be NULL'),
  __nullable: allows('may be NULL', 'must not be NULL'),
  __str: demands('must be a constant string', 'need not be a constant string'),
  __map: demands('must be a map', 'need not be a map'),
  // From 7.3 on `__map` takes a pointer to struct bpf_map as well; this one does not.
  __const_map: demands(
    'must be a map that the program names',
    'need not be a map that the program names',
  ),
  __iter: turns('must be an iterator', 'is no longer an iterator'),
  __irq_flag: turns('must be a saved interrupt flag', 'is no longer a saved interrupt flag'),
  __nonown_allowed: allows(
    'may be a reference that is not owned',
    'must not be a reference that is not owned',
  ),
  __arena: turns('must point into the arena', 'no longer points into the arena'),
  __arena__nullable: turns(
    'must point into the arena or be NULL',
    'no longer points into the arena',
  ),
};

/** Suffixes that took over from one another: nothing more is demanded. */
export const SUCCEEDED: readonly (readonly [was: string, now: string])[] = [
  // The size need not be known any more: process_const_arg().
  ['__szk', '__sz'],
  // 7.0: a buffer that may be left out is one that may be NULL.
  ['__opt', '__nullable'],
  // What is passed does not count either way.
  ['__ign', '__prog'],
  ['__prog', '__ign'],
  ['__arena', '__arena__nullable'],
];
