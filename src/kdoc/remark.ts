import type { Root } from 'mdast';
import type { Plugin } from 'unified';
import { parseKernelDoc } from './parse.ts';
import type { KernelDocOptions } from './types.ts';

/**
 * A plug-in that makes kernel-doc the syntax that unified reads:
 *
 *     unified().use(remarkKernelDoc).parse(comment)
 *
 * What the parser reports becomes messages of the file that is parsed.
 */
export const remarkKernelDoc: Plugin<[options?: Readonly<KernelDocOptions>], string, Root> =
  function (options = {}) {
    this.parser = (document, file) => {
      const { value, diagnostics } = parseKernelDoc(document, options);
      for (const { code, severity, line, message } of diagnostics) {
        const place = line === null ? undefined : { line, column: 1 };
        const said = file.message(message, { place, ruleId: code, source: 'kernel-doc' });
        said.fatal = severity === 'info' ? undefined : severity === 'error';
      }
      return value;
    };
  };
