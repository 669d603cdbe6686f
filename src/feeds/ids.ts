import { v5 } from 'uuid';

/** All ids are made in this namespace. It is part of every id: another one makes all feeds new. */
const NAMESPACE = '4f6b9d1e-3c57-4b8a-9d0e-6a2f1c8e7b35';

/**
 * The id of a feed or an entry, for ever: `urn:uuid:…` of a name such as `k/bpf_task_acquire#v6.12`
 * (RFC 9562, version 5). It depends neither on the build nor on where the site is, so that a site that
 * moves, or does not know its address, keeps its ids, and an entry that stands in several feeds is one.
 */
export function idOf(name: string): string {
  return `urn:uuid:${v5(name, NAMESPACE)}`;
}
