import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, devices, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { browserLaunchOptions, WECHAT_AGENT } from '../../tools/browser.ts';
import { type CashierScene, freePort, startCashierScene } from './cashier-scene.ts';

/** Pictures are kept when a folder is named, to be looked at. */
const pictures = process.env['PICTURES'];

let system: TestSystem;
let scene: CashierScene;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  system = await givenSystem({ at: new Date().toISOString(), publicUrl });
  scene = await startCashierScene({ ...system, port });
  browser = await chromium.launch(browserLaunchOptions());
});
afterAll(async () => {
  await browser.close();
  await scene.close();
  await system.close();
});

async function phone(options: { user?: number; agent?: string } = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...devices['Pixel 7'],
    userAgent: options.agent ?? WECHAT_AGENT,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const { hostname } = new URL(scene.url);
  const user = String(options.user ?? 1);
  await context.addCookies([{ name: 'sim_user', value: user, domain: hostname, path: '/' }]);
  return context;
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(scene.url + path);
  return page;
}

/** What pages complained about; nothing is allowed, policy violations above all. */
const complaints: string[] = [];

async function look(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

describe('a resident at the door', () => {
  test('scans, taps once, gives the password, and holds the receipt', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    expect(new URL(page.url()).pathname).toBe(home.path);
    await look(page, 'phone-bills');
    const pay = page.getByRole('button', { name: '确认支付' });
    expect(await pay.textContent()).toBe('确认支付 ¥740.70');
    expect(await pay.getAttribute('aria-label')).toBe('确认支付 七百四十元七角');
    await pay.click(); // The first action; the sheet is the wallet's own.
    await page.getByRole('button', { name: '支付', exact: true }).click();
    await page.getByText('✓ 支付成功').waitFor();
    await look(page, 'phone-receipt');
    expect(await page.getByText('¥740.70').count()).toBeGreaterThan(0);
    await page.getByRole('link', { name: '返回账单' }).click();
    await page.getByText('没有待缴账单').waitFor();
    await look(page, 'phone-nothing-due');
  });

  test('unticks a bill, and the amount in figures and words follows', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    await page.getByText('车位管理费').first().click();
    const pay = page.getByRole('button', { name: '确认支付' });
    expect(await pay.textContent()).toBe('确认支付 ¥660.70');
    expect(await pay.getAttribute('aria-label')).toBe('确认支付 六百六十元七角');
    for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
    expect(await page.getByRole('button', { name: '请至少勾选一项' }).isDisabled()).toBe(true);
    await page.getByText('为什么是这个金额').first().click();
    await page.getByText('254.70').first().waitFor();
  });

  test('cancels, finds the page as it was, and pays the same payment', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    const pay = page.getByRole('button', { name: '确认支付' });
    await pay.click();
    await page.getByRole('button', { name: '取消' }).click();
    await page.getByText('未扣款，可重新支付').waitFor();
    expect(await pay.isEnabled()).toBe(true);
    await look(page, 'phone-cancelled');
    await pay.click();
    await page.getByRole('button', { name: '支付', exact: true }).click();
    await page.getByText('✓ 支付成功').waitFor();
  });

  test('waits while the bank is silent, after a reload too, and reads no “failed”', async () => {
    const home = await scene.home();
    const context = await phone();
    const page = await open(context, home.path);
    await scene.control('POST', 'faults', { at: 'notify', fault: 'late', delayMs: 4000 });
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByRole('button', { name: '支付', exact: true }).click();
    await page.getByText('正在确认，请勿重复支付').waitFor();
    await look(page, 'phone-confirming');
    expect(await page.getByRole('button', { name: '确认支付' }).isDisabled()).toBe(true);
    await page.reload();
    await page.getByText('正在确认，请勿重复支付').waitFor();
    expect(await page.getByRole('button', { name: '确认支付' }).isDisabled()).toBe(true);
    await page.getByText('✓ 支付成功').waitFor();
    expect(await page.content()).not.toMatch(/支付失败/);
  });

  test('loses the network: the choice stays, and paying goes on', async () => {
    const home = await scene.home();
    const context = await phone();
    const page = await open(context, home.path);
    await page.getByText('车位管理费').first().click();
    await context.setOffline(true);
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByText('网络不通，所选账单已保留，请重试').waitFor();
    complaints.length = 0; // The browser notes that it is offline.
    await context.setOffline(false);
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(5);
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByRole('button', { name: '支付', exact: true }).click();
    await page.getByText('✓ 支付成功').waitFor();
  });

  test('has the sheet open while another phone pays: no word invites to pay again', async () => {
    const home = await scene.home();
    const first = await open(await phone({ user: 1 }), home.path);
    const second = await open(await phone({ user: 2 }), home.path);
    await first.getByRole('button', { name: '确认支付' }).click();
    await first.getByRole('button', { name: '支付', exact: true }).waitFor();
    await second.getByRole('button', { name: '确认支付' }).click();
    await second.getByRole('button', { name: '支付', exact: true }).click();
    await second.getByText('✓ 支付成功').waitFor();
    // The wallet finds its order closed, and says so before it goes.
    await first.getByRole('button', { name: '支付', exact: true }).click();
    await first.getByRole('button', { name: '关闭' }).click();
    await first.getByText('这笔支付已关闭，没有扣款').waitFor();
    await first.getByRole('button', { name: '刷新账单' }).click();
    await first.getByText('没有待缴').first().waitFor();
  });

  test('is late: somebody of the family has paid meanwhile', async () => {
    const home = await scene.home();
    const first = await open(await phone({ user: 1 }), home.path);
    const second = await open(await phone({ user: 2 }), home.path);
    await first.getByRole('button', { name: '确认支付' }).click();
    await first.getByRole('button', { name: '支付', exact: true }).click();
    await first.getByText('✓ 支付成功').waitFor();
    await second.getByRole('button', { name: '确认支付' }).click();
    await second.getByText('已付清').waitFor();
    complaints.length = 0; // The browser notes the 409.
    await look(second, 'phone-paid-meanwhile');
    await second.getByRole('button', { name: '刷新账单' }).click();
    await second.getByText('没有待缴账单').waitFor();
  });
});

describe('for everybody', () => {
  test('large type keeps everything on the screen and easy to hit', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    await page.getByRole('link', { name: '长辈版' }).click();
    await page.getByRole('link', { name: '标准版' }).waitFor();
    await look(page, 'phone-large');
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(devices['Pixel 7']!.viewport.width);
    for (const target of await page.locator('a, button, label, summary').all()) {
      expect((await target.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(60);
    }
    const size = `getComputedStyle(document.querySelector('label span')).fontSize`;
    expect(Number.parseInt(await page.evaluate<string>(size), 10)).toBeGreaterThanOrEqual(24);
  });

  test('in English', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    await page.getByRole('link', { name: 'English' }).click();
    const pay = page.getByRole('button', { name: 'Pay' });
    await pay.waitFor();
    expect(await pay.textContent()).toBe('Pay ¥740.70');
    await look(page, 'phone-english');
  });

  test('at a desk: the code to scan, and in the demo the way to the simulated wallet', async () => {
    const home = await scene.home();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await open(context, home.path);
    await page.getByRole('img', { name: '用微信、支付宝、云闪付扫码缴费' }).waitFor();
    await look(page, 'desktop-scan');
    await page.getByRole('link', { name: '用模拟微信打开（演示）' }).click();
    await page.waitForURL('**/sim/wechat-pay/wallet**');
    await page.getByRole('radio').first().check();
    await page
      .getByRole('button', { name: /打开|扫/ })
      .first()
      .click();
    await page.waitForURL(`**${home.path}*`); // The wallet's fragment stays behind.
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByRole('button', { name: '支付', exact: true }).click();
    await page.getByText('✓ 支付成功').waitFor();
  });

  test('a code that was replaced or never was', async () => {
    const page = await open(await phone(), '/q/test-00000000000000000');
    await page.getByText('没有这个二维码').waitFor();
    complaints.length = 0; // The browser notes the 404.
    await look(page, 'phone-unknown-code');
  });
});

test('no page complained, about its security policy least of all', () => {
  expect(complaints).toEqual([]);
});
