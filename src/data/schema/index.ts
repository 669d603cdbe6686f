/** The dataset's shape: the one vocabulary that the extractor writes and the site reads. */
export * from './release.ts';
export * from './kfunc.ts';
export { compareVersions, MAINLINE, versionOf, type Version } from './version.ts';
