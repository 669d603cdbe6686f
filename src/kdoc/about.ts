/** Whether a plain comment is about a function, and what tells. */
export interface About {
  about: boolean;
  reason: string;
}
export function isAbout(name: string, comment: string): About {
  return { about: comment.includes(name), reason: '' };
}
