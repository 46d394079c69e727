import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Of `npm run property`: one search, as long as wanted, telling how far it is. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..', '..'),
  test: {
    include: ['tests/flows/property/by-command.ts'],
    globalSetup: ['apps/server/test/global-setup.ts'],
    hookTimeout: 120_000,
    disableConsoleIntercept: true,
  },
});
