import { atomFile, feeds } from './_feeds.ts';

export const GET = () => atomFile(feeds.everything());
