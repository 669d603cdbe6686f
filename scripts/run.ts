import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { UserError } from '../src/user-error.ts';

/** Wide enough for text, narrow enough for a mail. */
const COLUMNS = 80;
const USAGE_ERROR = 2;
const INTERRUPTED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

interface CommandModule {
  command(): Command;
}

/** Loaded when they are asked for, so that `--help` does not wait for Astro. */
const commands: Record<string, string> = {
  kernels: 'make a git repository of the kernel sources in Debian',
  extract: 'read the kfuncs of each release of a Linux checkout',
  site: 'build the site and serve it on this machine',
  build: 'build the site',
  checks: 'check that a dataset agrees with itself and with its trees',
  diff: 'tell what differs for BPF programs between two releases or revisions',
  opml: 'print the feeds of some kfuncs, for a feed reader',
  verify: 'hold the records of a release against a kernel that was built',
  bench: 'measure the budgets beside git grep',
};

/**
 * Runs `kfunc-atlas <args>` and sets the exit code: 0; 1 for what the user can put right (a sentence
 * on stderr) and for bugs (with a stack); 2 for arguments that make no sense; 130 on Ctrl-C. Results
 * go to stdout, everything else to stderr.
 */
export async function run(args: readonly string[]): Promise<void> {
  quietPipes();
  endOnSignals();
  try {
    const program = await build(args);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

async function build(args: readonly string[]): Promise<Command> {
  const program = configure(
    new Command('kfunc-atlas')
      .description(
        "Every BPF kfunc that Linux has ever registered, release by release, read from\nthe kernel's own source.",
      )
      .version(version(), '-V, --version', 'print the version')
      .helpOption('-h, --help', 'print this help')
      .helpCommand('help [command]', 'print the help of a command')
      .usage('<command> [options]'),
  );
  const words = args.filter((arg) => !arg.startsWith('-'));
  const wanted = words[0] === 'help' ? words[1] : words[0];
  for (const [name, summary] of Object.entries(commands)) {
    const sub = name === wanted ? await load(name) : new Command(name);
    program.addCommand(configure(sub.summary(summary)));
  }
  return program;
}

async function load(name: string): Promise<Command> {
  const module = (await import(`./${name}.ts`)) as CommandModule;
  return module.command().helpOption('-h, --help', 'print this help');
}

function configure(command: Command): Command {
  return command
    .exitOverride()
    .showHelpAfterError('(--help tells more)')
    .configureOutput({ getOutHelpWidth: () => COLUMNS, getErrHelpWidth: () => COLUMNS });
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Says what went wrong; the exit code that goes with it. */
function report(error: unknown): number {
  // commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
  if (error instanceof UserError) {
    console.error(`error: ${error.message}`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(
    `error: This is a bug in kfunc-atlas; please report it with what follows.\n${stack}`,
  );
  return 1;
}

/** `kfunc-atlas … | head` is no error: who reads has seen enough. */
function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}

/** Ends on a signal by way of `exit`, whose listeners stop children and remove what is temporary. */
function endOnSignals(): void {
  for (const [signal, code] of Object.entries(INTERRUPTED)) {
    process.once(signal, () => process.exit(code));
  }
}
