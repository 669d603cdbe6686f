import type { Socket } from 'node:net';
import { BatchParser } from './batch-parser.ts';
import { gitDied, type Place } from './errors.ts';
import { spawnGit, type Ending, type GitChild } from './process.ts';

/** Stands for a body that was not read because of its size. */
export interface TooLarge {
  tooLarge: true;
  size: number;
}

/** An object of any type. */
export interface GitObject {
  oid: string;
  type: string;
  body: Buffer;
}

/** What became of a question: undefined when there is no such object. */
export type Answer = GitObject | TooLarge | undefined;

interface Question {
  name: string;
  maxBytes: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** A `git cat-file --batch` child that is asked for one object at a time, and answers in order. */
export class Conversation {
  /** False once the child has ended. */
  isOpen = true;
  private readonly child: GitChild;
  private readonly questions: Question[] = [];
  private current: { oid: string; type: string } = { oid: '', type: '' };

  constructor(place: Place) {
    this.child = spawnGit(place.gitDir, ['cat-file', '--batch']);
    const { process: child, ended } = this.child;
    const parser = new BatchParser({
      wants: (oid, type, size) => {
        this.current = { oid, type };
        const wanted = size <= (this.questions[0]?.maxBytes ?? 0);
        if (!wanted) this.answer({ tooLarge: true, size });
        return wanted;
      },
      body: (bytes) => {
        this.answer({ ...this.current, body: Buffer.from(bytes) });
      },
      missing: () => {
        this.answer(undefined);
      },
    });
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        parser.feed(chunk);
      } catch {
        child.kill('SIGKILL');
      }
    });
    ended.then(
      (ending: Ending) => {
        this.fail((name) => gitDied(place, ending, name));
      },
      (error: unknown) => {
        this.fail(() => error);
      },
    );
  }

  /** @param name anything that git takes for an object, on one line */
  ask(name: string, maxBytes: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.questions.push({ name, maxBytes, resolve, reject });
      this.keepAlive(true);
      this.child.process.stdin.write(`${name}\n`);
    });
  }

  /** Lets what was asked be answered, then ends the child. */
  async end(): Promise<void> {
    this.isOpen = false;
    this.keepAlive(true);
    this.child.process.stdin.end();
    await this.child.ended.catch(() => undefined);
  }

  private answer(value: Answer): void {
    this.questions.shift()?.resolve(value);
    // Who ends the child waits for it.
    if (this.questions.length === 0 && this.isOpen) this.keepAlive(false);
  }

  private fail(errorFor: (name: string) => unknown): void {
    this.isOpen = false;
    for (const question of this.questions.splice(0)) question.reject(errorFor(question.name));
  }

  /** A program may end although the child waits for more; not while it owes an answer. */
  private keepAlive(isBusy: boolean): void {
    const { process: child } = this.child;
    // The pipes of a child are sockets, which their types do not tell.
    const pipes = [child.stdin, child.stdout, child.stderr] as unknown as Socket[];
    for (const handle of [child, ...pipes]) {
      if (isBusy) handle.ref();
      else handle.unref();
    }
  }
}
