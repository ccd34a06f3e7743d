import { defineConfig } from 'vitest/config'

/** One project a kind of test; `npm test` runs them all, `npm run check` the first. */
export default defineConfig({
  test: {
    // A second try on a machine that others use too. Vitest's short report does not say which test needed it.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{contract,core,demo,electron,web,renderer,scripts}/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The same SSH, key and vault tests, with node:crypto cut down to what Electron's BoringSSL has.
        test: {
          name: 'as-in-electron',
          include: ['test/core/{ssh,keys,secrets}/**/*.test.ts', 'test/integration/ssh/**/*.test.ts'],
          setupFiles: ['test/support/boringssl.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/prepare-debian.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'moto', include: ['test/aws/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 300_000 } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 600_000 } },
    ],
  },
})
