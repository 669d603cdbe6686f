import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/**/*.test.ts'],
    // The kernels that Debian has: hundreds of megabytes; `npm run test:kernels`.
    exclude: ['tests/real/**'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
