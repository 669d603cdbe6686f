/** A finding that is known, and why it is none. */
export interface Exception {
  check: string;
  /** The subject of the finding; `*` stands for any characters. */
  subject: string;
  /**
   * The releases it is known of: `v6.10..v7.2` or `v6.15..`, by version; `*` for all, and for findings
   * of none. It is asked for only where the dataset has a release of these.
   */
  releases: string;
  reason: string;
}

/** Findings that are the kernel's, not ours. One that no longer fails is reported: remove it then. */
export const exceptions: readonly Exception[] = [
  {
    check: 'sets-agree-on-flags',
    subject: 'hid_bpf_*',
    releases: 'v6.10..v7.2',
    reason:
      'drivers/hid/bpf/hid_bpf_dispatch.c lists five of them with KF_SLEEPABLE for struct_ops programs and without it for syscall programs, which may sleep anyway.',
  },
  {
    check: 'flags-fit-prototype',
    subject: 'bpf_res_spin_lock*',
    releases: 'v6.15..',
    reason:
      'Returns an int, 0 or an error, with KF_RET_NULL: the verifier knows both by name and follows either outcome (kernel/bpf/verifier.c, check_kfunc_call).',
  },
  {
    check: 'conditional-registrations',
    subject: 'bpf_testmod_test_mod_kfunc',
    releases: 'v5.16..v5.17',
    reason:
      'Of a test module that Kbuild does not build; the list it is in is looked through for programs that only CONFIG_NET brings (include/linux/bpf_types.h).',
  },
];
