import type { DatasetCheck } from './check.ts';
import { repeated } from './words.ts';

export const parameterNames: DatasetCheck = {
  name: 'parameter-names',
  description: 'Each parameter has a name of its own and a type.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const at = { subject: record.name, release: state.from };
      const params = state.prototype?.params ?? [];
      const names = params.map((p) => p.name);
      for (const name of repeated(names.filter((n) => n !== ''))) {
        yield { ...at, message: `has two parameters ${name}` };
      }
      for (const [i, { name, type }] of params.entries()) {
        const variable = type === '...' && i === params.length - 1;
        if (variable) continue;
        if (!/^[A-Za-z_]\w*$/.test(name)) {
          yield { ...at, message: `has parameter ${i + 1} called ${JSON.stringify(name)}` };
        }
        if (type.trim() === '')
          yield { ...at, message: `has the parameter ${name} without a type` };
      }
    }
  },
};
