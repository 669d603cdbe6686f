import type { View } from './view.ts';

/** Something that is not as it must be. */
export interface Finding {
  /** A kfunc, a flag, a file of the dataset, …: what the sentence is about. */
  subject: string;
  /** The release in which it shows; null for what is of none. */
  release: string | null;
  /** A sentence: what is wrong, and what was expected. */
  message: string;
}

interface CheckInfo {
  /** As the file of the check is called. */
  name: string;
  /** What holds of a sound dataset, in one sentence. */
  description: string;
}

/** A check that needs the dataset alone. */
export interface DatasetCheck extends CheckInfo {
  check: (view: View) => Iterable<Finding>;
}

/** The trees that the dataset was made from. */
export interface Sources {
  /** Text of a line (1-based) of a file; undefined where the release's tree has none. */
  line(release: string, file: string, line: number): Promise<string | undefined>;
}

/** A check that compares the dataset with the trees it was made from. */
export interface SourceCheck extends CheckInfo {
  checkSources: (view: View, sources: Sources) => AsyncIterable<Finding>;
}

export type Check = DatasetCheck | SourceCheck;
