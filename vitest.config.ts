import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,scripts,tests}/**/*.test.ts'],
    // What needs programs of the machine: `npm run test:real`.
    exclude: [...configDefaults.exclude, 'tests/real/**'],
    allowOnly: false,
    testTimeout: 60_000,
  },
});
