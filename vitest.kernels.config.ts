import { defineConfig } from 'vitest/config';

/** `npm run test:kernels`: the whole way on real kernels, which it downloads. */
export default defineConfig({
  test: {
    include: ['tests/real/**/*.test.ts'],
    globalSetup: 'tests/real/prepare.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    disableConsoleIntercept: true,
  },
});
