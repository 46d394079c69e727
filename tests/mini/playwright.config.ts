import { join } from 'node:path';
import { devices } from '@playwright/test';
import base from '../../playwright.config.ts';

const ROOT = join(import.meta.dirname, '../..');
const results = join(ROOT, 'test-results');

/** The wallets of the simulator lead back to the address that the system was set up with. */
const url = new URL(process.env['BASE_URL'] ?? '');
url.hostname = 'localhost';

export default {
  ...base,
  testDir: '.',
  outputDir: join(results, 'mini'),
  reporter: [['list'], ['json', { outputFile: join(results, 'mini.json') }]],
  use: { ...base.use, baseURL: url.origin },
  projects: [{ name: 'mini', use: { ...devices['Pixel 7'] } }],
  ...(base.webServer ? { webServer: { ...base.webServer, cwd: ROOT } } : {}),
};
