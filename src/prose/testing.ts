import type { ProseContext, ProseLinks } from './types.ts';

const kfuncs = ['bpf_lamp_get', 'bpf_lamp_put', 'bpf_lamp_dim'];

/** Links of an invented site. */
export const links: ProseLinks = {
  kfunc: (name) => (kfuncs.includes(name) ? `/k/${name}/` : null),
  flag: (name) => (name === 'KF_ACQUIRE' ? '/flags/KF_ACQUIRE/' : null),
  identifier: (name) => `https://source.example/ident/${name}`,
};

/** The page of bpf_lamp_get. */
export const context: ProseContext = {
  name: 'bpf_lamp_get',
  kind: 'kernel-doc',
  links,
  idPrefix: 'param-',
};
