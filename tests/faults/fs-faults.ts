import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';

/*
 * Makes the calls by which this process changes the disk fail, or never come back, from the nth on. A
 * call that never comes back is what a killed process leaves: nothing after it is done, by
 * anybody, and a write may be there in part. It knows node:fs/promises, not the synchronous calls.
 */

type AnyFunction = (...args: unknown[]) => unknown;
type Table = Record<string, AnyFunction>;

export interface Fault {
  /** 1 is the first call. */
  at: number;
  /** `hang`: as if killed. `ENOSPC` and the like: as if the disk said so. */
  how: string;
  /** For an error: whether calls after the nth fail too. */
  lasting?: boolean;
}

export interface Armed {
  /** Resolves when a call has been made to hang, and nothing that began before is still under way. */
  hung: Promise<void>;
  /** Calls that change the disk, so far. */
  calls(): number;
  disarm(): void;
}

/** Calls that need space, and those that give it back: only the first kind fails for want of it. */
const making = new Set(['mkdir', 'writeFile', 'rename', 'open', 'sync']);
const removing = new Set(['unlink', 'rmdir', 'rm']);

/** Until `disarm`, which puts everything back. One fault at a time. */
export async function arm(fault: Fault): Promise<Armed> {
  let calls = 0;
  let underWay = 0;
  let stopped = false;
  const { promise: hung, resolve: tellHung } = Promise.withResolvers<undefined>();
  const originals: [Table, string, AnyFunction][] = [];

  const track = async (result: unknown) => {
    underWay++;
    try {
      return await result;
    } finally {
      underWay--;
    }
  };
  const stop = async (half: unknown) => {
    stopped = true;
    await half;
    // What follows upon a call that ends now is made to hang before the next turn.
    do await turn();
    while (underWay > 0);
    tellHung(undefined);
  };
  const wrap = (table: Table, name: string) => {
    const original = table[name]!;
    originals.push([table, name, original]);
    table[name] = function (this: unknown, ...args: unknown[]) {
      const never = new Promise(() => undefined);
      if (stopped) return never;
      const call = () => track(original.apply(this, args));
      const makes = making.has(name) && !(name === 'open' && args[1] === 'r');
      if (!makes && !(removing.has(name) && fault.how === 'hang')) return call();
      calls++;
      if (calls < fault.at || (calls > fault.at && fault.lasting !== true)) return call();
      if (fault.how !== 'hang') {
        const error = new Error(`${fault.how}: made to fail, ${name}`);
        return Promise.reject(Object.assign(error, { code: fault.how }));
      }
      const half = String(args[0]).slice(0, String(args[0]).length / 2);
      void stop(table !== promises && name === 'writeFile' && original.call(this, half));
      return never;
    };
  };

  const handles = await prototypeOfHandles();
  for (const table of [promises, handles]) {
    for (const name of Object.getOwnPropertyNames(table)) {
      const value: unknown = Object.getOwnPropertyDescriptor(table, name)?.value;
      if (typeof value === 'function' && name !== 'constructor' && !/^[A-Z]/.test(name)) {
        if (table === promises || ['writeFile', 'sync', 'close'].includes(name)) wrap(table, name);
      }
    }
  }
  syncBuiltinESMExports();
  return {
    hung,
    calls: () => calls,
    disarm: () => {
      for (const [table, name, original] of originals) table[name] = original;
      syncBuiltinESMExports();
    },
  };
}

const promises = fs.promises as unknown as Table;

async function prototypeOfHandles(): Promise<Table> {
  const handle = await fs.promises.open(import.meta.filename, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as Table;
}
