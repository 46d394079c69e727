import { chromium, devices } from '@playwright/test';
import { browserLaunchOptions, WECHAT_AGENT } from './browser.ts';

const USAGE = 'npx tsx tools/screenshot.ts <url> <out.png> [--phone|--wechat|--desktop] [--full]';

await takeScreenshot(process.argv.slice(2));

/** Takes one picture of a page, in Chinese, at the size of a phone or a desk. */
async function takeScreenshot(args: string[]): Promise<void> {
  const [url, out] = args.filter((arg) => !arg.startsWith('--'));
  if (!url || !out) throw new Error(USAGE);
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    const context = await browser.newContext({ ...deviceOf(args), locale: 'zh-CN' });
    const page = await context.newPage();
    page.on('console', (message) => console.error(`[page] ${message.text()}`));
    page.on('pageerror', (error) => console.error(`[page] ${error.message}`));
    const response = await page.goto(url, { waitUntil: 'load' });
    // Late requests and animations settle; a page that streams for ever is not waited for.
    await page.waitForTimeout(800);
    await page.screenshot({ path: out, fullPage: args.includes('--full') });
    console.log(`${response?.status()} ${out}`);
  } finally {
    await browser.close();
  }
}

function deviceOf(args: string[]): object {
  if (args.includes('--wechat')) return { ...devices['Pixel 7'], userAgent: WECHAT_AGENT };
  if (args.includes('--phone')) return devices['Pixel 7'] ?? {};
  return { viewport: { width: 1440, height: 900 } };
}
