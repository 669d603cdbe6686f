import type { Param } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';

function isPointer({ type }: Param | { type: string }): boolean {
  return /[*\]]$/.test(type) || /\(\*?\)/.test(type) || type.endsWith('*const');
}

/** What each suffix asks of its parameter, or of the one before it (Documentation/bpf/kfuncs.rst). */
const FITS: Readonly<Record<string, (param: Param, before: Param | undefined) => boolean>> = {
  __sz: (param, before) => !isPointer(param) && before !== undefined && isPointer(before),
  __szk: (param, before) => !isPointer(param) && before !== undefined && isPointer(before),
  __k: (param) => !isPointer(param),
  __str: (param) => /^const char \*$/.test(param.type),
  __iter: (param) => /^struct bpf_iter\w* \*$/.test(param.type),
  __irq_flag: (param) => /^(?:unsigned long|u64|long unsigned int) \*$/.test(param.type),
  __uninit: isPointer,
  __nullable: isPointer,
  __opt: isPointer,
  __refcounted_kptr: isPointer,
  __map: isPointer,
  __const_map: isPointer,
};

export const suffixesFitTypes: DatasetCheck = {
  name: 'suffixes-fit-types',
  description:
    'A parameter is of the type that its suffix speaks of: a size is a number after a pointer, a string a const char *.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const params = state.prototype?.params ?? [];
      for (const [i, param] of params.entries()) {
        const fits = param.suffix === null ? undefined : FITS[param.suffix];
        if (fits === undefined || fits(param, params[i - 1])) continue;
        yield {
          subject: record.name,
          release: state.from,
          message: `has the parameter ${param.name} of the type ${param.type} after ${params[i - 1]?.type ?? 'nothing'}`,
        };
      }
    }
  },
};
