import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,scripts,tests}/**/*.test.ts'],
    // What needs a real upstream has a lane of its own.
    exclude: [...configDefaults.exclude, 'tests/real/**'],
    allowOnly: false,
    testTimeout: 60_000,
  },
});
