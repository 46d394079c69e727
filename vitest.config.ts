import { defineConfig } from 'vitest/config';

const EVERYWHERE_EXCLUDED = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    // Two cores are what a small CI machine has; PostgreSQL needs a share of them.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The shared console reporter is silent about passes; tools/test.mjs adds a JSON report.
    reporters: ['default'],
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      reporter: ['text-summary', 'json-summary', 'html'],
      include: [
        'apps/server/src/**/*.ts',
        'apps/gateway-simulator/src/**/*.ts',
        'packages/*/src/**/*.ts',
      ],
      exclude: ['**/*.test.ts', '**/dist/**'],
      thresholds: {
        'apps/server/src/modules/{payment,ledger,billing,channels}/**': {
          lines: 90,
          branches: 80,
        },
        'packages/money/**': { lines: 100, branches: 95 },
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: [
            'apps/server/**/*.test.ts',
            'tests/flows/**/*.test.ts',
            'tests/conformance/drivers/*.ts',
            'tests/conformance/*.test.ts',
          ],
          exclude: EVERYWHERE_EXCLUDED,
          globalSetup: ['apps/server/test/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'plain',
          include: [
            'apps/gateway-simulator/**/*.test.ts',
            'apps/console/**/*.test.ts',
            'apps/resident/**/*.test.ts',
            'apps/cashier/**/*.test.ts',
            'packages/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          exclude: EVERYWHERE_EXCLUDED,
        },
      },
    ],
  },
});
