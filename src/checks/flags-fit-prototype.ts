import type { State } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';

const ITERATOR: Readonly<Record<string, string>> = {
  KF_ITER_NEW: 'new',
  KF_ITER_NEXT: 'next',
  KF_ITER_DESTROY: 'destroy',
};

/** kernel/bpf/btf.c, btf_check_iter_kfuncs() (6.4 on). */
function* iterator(name: string, { flags, prototype }: State): Generator<string> {
  const own = flags.filter((flag) => Object.hasOwn(ITERATOR, flag));
  if (own.length === 0 || !prototype) return;
  if (own.length > 1) yield `has ${own.join(' and ')}`;
  const [flag] = own;
  const first = prototype.params[0]?.type ?? 'nothing';
  const type = /^struct bpf_iter_(\w+) \*$/.exec(first)?.[1];
  if (name !== `bpf_iter_${type ?? '?'}_${ITERATOR[flag!]!}`) {
    yield `has ${flag!} and takes ${first}, which its name does not say`;
  }
  if (flag !== 'KF_ITER_NEW' && prototype.params.length !== 1) {
    yield `has ${flag!} and ${prototype.params.length} parameters`;
  }
  if (flag === 'KF_ITER_NEXT' && !prototype.returns.endsWith('*')) {
    yield `has ${flag} and returns ${prototype.returns}`;
  }
  if (flag === 'KF_ITER_DESTROY' && prototype.returns !== 'void') {
    yield `has ${flag} and returns ${prototype.returns}`;
  }
}

/** What the verifier makes of a call whose prototype does not fit (kernel/bpf/verifier.c). */
function* values({ flags, prototype }: State): Generator<string> {
  if (!prototype) return;
  const pointer = prototype.returns.endsWith('*');
  for (const flag of ['KF_ACQUIRE', 'KF_RET_NULL']) {
    if (flags.includes(flag) && !pointer) yield `has ${flag} and returns ${prototype.returns}`;
  }
  if (flags.includes('KF_RELEASE') && prototype.params.length === 0) {
    yield 'has KF_RELEASE and no parameter to release';
  }
}

export const flagsFitPrototype: DatasetCheck = {
  name: 'flags-fit-prototype',
  description:
    'A kfunc that acquires or can be null returns a pointer, one that releases takes something, an iterator’s is named and typed as the kernel asks.',
  *check(view) {
    for (const { record, state } of view.states()) {
      for (const message of [...iterator(record.name, state), ...values(state)]) {
        yield { subject: record.name, release: state.from, message };
      }
    }
  },
};
