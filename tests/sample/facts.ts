import type { KfuncFacts } from '../../src/data/schema/index.ts';
import type { Plan, Shape } from './plan.ts';
import { flagOrder, hasFlag } from './releases.ts';

/** Stores a text and gives its hash. */
export type Keep = (text: string) => string;

function docText(plan: Plan, shape: Shape): string {
  const params = shape.params.map((p) => `@${p.name}: The ${plan.object}'s ${p.name}.`).join('\n');
  const more = 'It is held until the caller lets go of it, whatever the weather is like.\n'.repeat(
    1 + (plan.name.length % 9),
  );
  const words = `${plan.name} - Look after a ${plan.object}, as told in wording ${shape.wording + 1}.`;
  if (shape.doc === 'comment') return `Looks after a ${plan.object}, for ${plan.name}.`;
  return `${words}\n${params}\n\n${more}\nReturn: the ${plan.object}, or what is left of it.`;
}

function prototypeOf(plan: Plan, shape: Shape): KfuncFacts['prototype'] {
  const declare = (params: Shape['params']) => {
    const list = params.map((p) => `${p.type}${p.type.endsWith('*') ? '' : ' '}${p.name}`);
    const gap = shape.returns.endsWith('*') ? '' : ' ';
    return `${shape.returns}${gap}${plan.name}(${list.join(', ') || 'void'})`;
  };
  return {
    kernel: declare(shape.params),
    bpf: declare(shape.params.filter((p) => !p.implicit)),
    returns: shape.returns,
    params: shape.params,
  };
}

/** The facts that a release at `index` states of a kfunc of that shape. */
export function factsOf(plan: Plan, shape: Shape, index: number, keep: Keep): KfuncFacts {
  const flags = flagOrder.filter((f) => shape.flags.includes(f) && hasFlag(f, index));
  const set = `${shape.file.split('/').at(-1)!.replace('.c', '')}_kfunc_ids`;
  const registrations = shape.programTypes.map((programType) => ({
    programType: programType === '*' ? 'BPF_PROG_TYPE_UNSPEC' : programType,
    filter: shape.filter,
    condition: null,
  }));
  const sets: KfuncFacts['sets'] = shape.roles.map((role, i) => ({
    name: i === 0 ? set : `${set}_${role}`,
    file: shape.file,
    role,
    flags,
    registrations: role === 'destructor' ? [] : registrations,
  }));
  if (shape.twice) {
    sets.push({ name: `more_${set}`, file: shape.file, role: 'kfunc', flags, registrations: [] });
  }
  return {
    roles: shape.roles,
    flags,
    prototype: plan.name.includes('unlink') && shape.wording > 1 ? null : prototypeOf(plan, shape),
    sets,
    programTypes: [...shape.programTypes].sort(),
    config: {
      expr: shape.config,
      parts: (shape.config?.split(' && ') ?? []).map((expr, i) => ({
        origin: i === 0 ? 'makefile' : 'definition',
        expr,
        file: i === 0 ? `${shape.file.slice(0, shape.file.lastIndexOf('/'))}/Makefile` : shape.file,
      })),
    },
    arch: shape.arch === null ? null : [shape.arch],
    definitions: [{ file: shape.file, guard: shape.config?.split(' && ')[1] ?? null }],
    doc: {
      kind: shape.doc,
      hash: shape.doc === 'none' ? null : keep(docText(plan, shape)),
    },
    deprecation: shape.deprecated
      ? [
          {
            kind: 'comment',
            hash: keep(`${plan.name} will be removed in v7.9.`),
            file: shape.file,
            promised: 'v7.9',
            instead: plan.successor,
          },
        ]
      : [],
  };
}
