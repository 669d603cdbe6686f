/** What we read otherwise than the kernel's tool, in any release, and why ours is right. */
export const KNOWN_DIFFERENCES: readonly { kfunc: string; what: string; why: string }[] = [
  {
    kfunc: 'bpf_dynptr_slice_rdwr',
    what: 'section description',
    why: 'the comment has C without a mark-up that says so; the tool takes &ptr in it for a type',
  },
  {
    kfunc: 'bpf_timer_cancel_async',
    what: 'section return',
    why: '`Returns:` stands alone above a blank line and the list of values: they are what it returns',
  },
  {
    kfunc: 'bpf_timer_cancel_async',
    what: 'section description',
    why: 'the tool takes the list of values below `Returns:` for Description',
  },
  ...['scx_bpf_dump_bstr', 'scx_bpf_dsq_insert___v2'].map(headed),
  ...['scx_bpf_dsq_move_to_local___v2', 'scx_bpf_reenqueue_local___v2'].map(headed),
];

function headed(kfunc: string) {
  const why =
    'the header has the name that programs use, by way of a macro or without the suffix; the tool drops ' +
    'such a comment, we show it and say that the names differ';
  return { kfunc, what: 'the tool has nothing', why };
}
