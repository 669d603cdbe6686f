import { BtfError } from './btf-error.ts';

/**
 * C text as it grows, and the attributes met on the way. `work` bounds what a small input can make
 * this do: function types within function types can double at each level, and hundreds of thousands
 * of functions can share a long prototype. It counts characters and steps, over all that is printed of
 * one BTF.
 */
export class CText {
  text = '';
  tags: string[] = [];
  private readonly work: { left: number };

  constructor(work: { left: number }) {
    this.work = work;
  }

  put(part: string): void {
    this.spend(part.length);
    this.text += part;
  }

  tag(value: string): void {
    this.spend(value.length);
    this.tags.push(value);
  }

  /** @throws BtfError when there is more to print than any kernel has */
  spend(amount: number): void {
    this.work.left -= amount + 1;
    if (this.work.left < 0)
      throw new BtfError('The prototypes of this BTF are longer than those of any kernel.');
  }
}

/** What all prototypes of one BTF may cost; those of a whole kernel take 100,000. */
export function printingWork(): { left: number } {
  return { left: 4_000_000 };
}
