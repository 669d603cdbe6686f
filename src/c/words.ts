/** The words of a declaration. What a macro means cannot be known here; how the kernel names them can. */

const set = (words: string) => new Set(words.split(' '));

export const storage = set('static extern typedef register _Thread_local __thread');

const inlines = set('inline __inline __inline__ __always_inline nokprobe_inline');
export const isInlineWord = (word: string) => inlines.has(word);

/** Part of a type, wherever they stand: qualifiers, and the address spaces of sparse and BPF. */
const qualifiers = set(
  'const volatile restrict __const __const__ __restrict __restrict__ __volatile__ _Atomic ' +
    '__user __iomem __percpu __rcu __kernel __force __bitwise __kptr __kptr_untrusted __arena ' +
    '__uninit __private __nocast __safe __percpu_kptr __unaligned __seg_gs __seg_fs __guarded',
);
export const isQualifier = (word: string) => qualifiers.has(word);

const builtins = set(
  'void char short int long float double signed unsigned _Bool bool __int128 __signed__ __signed ' +
    '_Complex _Float16 __uint128_t __int128_t',
);
export const isBuiltin = (word: string) => builtins.has(word);

const tags = set('struct union enum');
export const isTag = (word: string) => tags.has(word);

const typeofs = set('typeof __typeof__ __typeof typeof_unqual __auto_type auto');
export const isTypeof = (word: string) => typeofs.has(word);

/** Attributes that do not begin with two underscores. */
const plainAttributes = set(
  'notrace noinline noinline_for_stack asmlinkage noinstr noreturn nokprobe noendbr cold hot flatten ' +
    'efi_stub_entry fastcall asm _Alignas _Noreturn alignas noinline_for_tracing',
);

/** Attributes that take arguments: after these, a group in parentheses is no parameter list. */
const withArguments = set(
  '__attribute__ __attribute __printf __scanf __aligned __section __acquires __releases __acquire ' +
    '__must_hold __cond_acquires __cond_releases __counted_by __malloc __alloc_size __realloc_size ' +
    '__no_sanitize __nonnull __alias __assume_aligned __nonstring __diagnose_as __error __warning ' +
    '__cleanup __copy __pass_object_size __overloadable __nocapture __asm__ asm __asm ' +
    '_Alignas alignas __declspec __must_hold_shared __acquires_shared __releases_shared ' +
    '__must_not_hold __cond_acquires_shared ' +
    '__target __kcfi_salt',
);
export const takesArguments = (word: string) => withArguments.has(word);

/** `__u32`, `__be16`, `__poll_t`: two underscores, and a type all the same. */
const isUnderscoredType = (word: string) =>
  /^__(?:[usbl]e?(?:8|16|32|64|128)|be(?:16|32|64)|sum16|wsum|addrpair|portpair|kernel_\w+|\w+_t)$/.test(
    word,
  );

/** `__bpf_kfunc`, `__init`, `notrace`: says something about a declaration and is no part of its type. */
export function isAttribute(word: string): boolean {
  if (plainAttributes.has(word) || inlines.has(word)) return true;
  return (
    word.startsWith('__') &&
    /^__+[a-z]/.test(word) &&
    !isQualifier(word) &&
    !isUnderscoredType(word)
  );
}
