import { oneLine } from './normal-form.ts';

/** What a comment says, as words without mark-up: by purpose, parameter and section. */
export interface Words {
  purpose: string;
  /** By name, in the order of the declaration; a parameter that is not described is not here. */
  parameters: Map<string, string>;
  sections: Map<string, string>;
}

const SECTION = /^ {0,2}\*\*(description|context|returns?|notes?|examples?)\*\*$/i;

/** `char *arg1`, `int (*fp)(void)`, `u8 buf[4]`, `args...`: the name in a declaration. */
function nameOf(declared: string): string {
  const found =
    /\(\s*\*?\s*(\w+)\s*\)/.exec(declared) ??
    /(\w+)\s*\[/.exec(declared) ??
    /(\w+)\W*$/.exec(declared);
  return found?.[1] ?? declared;
}

/**
 * The words of reST that the kernel's tool, or we, made of a comment, without the mark-up that stands for
 * something within a line, and without borders of tables.
 */
export function wordsOf(rst: string): string {
  const lines = rst
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^[-=+~^"\s]{3,}$/.test(line))
    .map((line) => line.replace(/^\||\|$|\s\|\s/g, ' ').replace(/(?<!^\.\. .*)::$/, ':'))
    .filter((line) => line !== ':');
  return oneLine(
    lines
      .join('\n')
      .replace(/:c:type:`([^`<]*?)(?:\s*<[^`>]*>)?`/g, '$1')
      .replace(/``|\*\*|\\/g, '')
      // 6.1 writes a parameter so, as emphasis is.
      .replace(/(?<=^|[\s(])\*(\w[\w.>-]*)\*(?!\w)/g, '$1'),
  );
}

/** Divides what the kernel's tool printed for one function. */
function entryOf(lines: readonly string[]): Words {
  const words: Words = { purpose: '', parameters: new Map(), sections: new Map() };
  let said: string[] = [];
  let put = (text: string): void => {
    words.purpose = text;
  };
  let inParameters = false;
  const open = (next: typeof put) => {
    put(wordsOf(said.join('\n')));
    said = [];
    put = next;
  };
  for (const line of lines) {
    const section = SECTION.exec(line)?.[1];
    const parameter = inParameters ? /^(?: {2})?``(.+)``$/.exec(line)?.[1] : undefined;
    if (/^\s*\.\. container::|^\s*\*\*Parameters\*\*$/.test(line)) {
      open(() => undefined);
      inParameters = true;
    } else if (section !== undefined) {
      open((text) => {
        if (text !== '') words.sections.set(section.toLowerCase(), text);
      });
      inParameters = false;
    } else if (parameter !== undefined) {
      const isUndescribed = /^(?:\*?undescribed\*?|no arguments|variable arguments)?$/;
      open((text) => {
        if (!isUndescribed.test(text)) words.parameters.set(nameOf(parameter), text);
      });
    } else said.push(line);
  }
  open(() => undefined);
  return words;
}

/** What the kernel's tool printed with `-rst`, by the name of the function. */
export function readToolOutput(output: string): Map<string, Words> {
  const functions = new Map<string, Words>();
  const lines = output.split('\n');
  const starts = lines.flatMap((line, i) => (/^\.\. (?:c:\w+::|_.*:$)/.test(line) ? [i] : []));
  starts.forEach((start, i) => {
    const name = /^\.\. c:function:: (?:.*?\W)?(\w+) \(/.exec(lines[start]!)?.[1];
    if (name === undefined) return;
    functions.set(name, entryOf(lines.slice(start + 1, starts[i + 1])));
  });
  return functions;
}
