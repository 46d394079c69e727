import { execFileSync } from 'node:child_process';
import { defineConfig, devices } from '@playwright/test';
import { browserLaunchOptions, WECHAT_AGENT } from './tools/browser.ts';

/**
 * BASE_URL tests a system that runs already; otherwise one is started on a free port. By the name
 * that its own addresses have: a wallet comes back there, and cookies belong to a name.
 */
process.env['BASE_URL'] ??= `http://localhost:${freePort()}`;
const baseURL = process.env['BASE_URL'];
const isOurs = process.env['BROWSER_TEST_PORT'] !== undefined;

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  // One system, one database: stories follow each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: browserLaunchOptions(),
  },
  projects: [
    {
      name: 'phone',
      testIgnore: '**/*.desktop.spec.ts',
      use: { ...devices['Pixel 7'], userAgent: WECHAT_AGENT },
    },
    {
      name: 'desktop',
      testIgnore: '**/*.phone.spec.ts',
      use: { viewport: { width: 1440, height: 900 } },
    },
  ],
  ...(isOurs
    ? {
        webServer: {
          command: 'node tests/browser/serve.mjs',
          // The last line of a start: the demo is loaded, and makes no more bills and payments.
          wait: { stdout: /Ctrl\+C stops everything/ },
          env: { PORT: new URL(baseURL).port, LOG_LEVEL: 'error' },
          timeout: 180_000,
          gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
          stdout: 'ignore',
          stderr: 'pipe',
        },
      }
    : {}),
});

/** Remembered in the environment, which the worker processes inherit. */
function freePort(): string {
  const program =
    "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})";
  process.env['BROWSER_TEST_PORT'] ??= execFileSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
  }).trim();
  return process.env['BROWSER_TEST_PORT'];
}
