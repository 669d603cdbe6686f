import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/**/*.test.ts'],
    // The kernels that Debian has: hundreds of megabytes; `npm run test:kernels`.
    exclude: ['tests/real/**'],
    // What a test puts into the environment ends with it.
    unstubEnvs: true,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
