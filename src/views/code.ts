/** C with its words by kind, for the components that print it. */
export { highlight, type CodeToken } from '../prose/index.ts';
