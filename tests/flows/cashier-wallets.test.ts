import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, devices, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { givenSystem, type TestSystem } from '../../apps/server/test/harness.ts';
import { browserLaunchOptions, WECHAT_AGENT } from '../../tools/browser.ts';
import { type CashierScene, freePort, startCashierScene } from './cashier-scene.ts';

/** Pictures are kept when a folder is named, to be looked at. */
const pictures = process.env['PICTURES'];
const alipayAgent =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 AliApp(AP/10.5.0) AlipayClient/10.5.0 Language/zh-Hans';
const unionPayAgent =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 (com.unionpay.chsp) (UnionPay/1.0 CloudPay) (clientVersion 324)';

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

async function phone(agent?: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...devices['Pixel 7'],
    ...(agent && { userAgent: agent }),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  // Whoever is signed in to the simulated wallet.
  const { hostname } = new URL(scene.url);
  await context.addCookies([{ name: 'sim_user', value: '1', domain: hostname, path: '/' }]);
  return context;
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(scene.url + path);
  return page;
}

/** Errors of our scripts and breaches of our policy; none is allowed. */
const complaints: string[] = [];

async function look(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function isPaid(page: Page): Promise<void> {
  await page.getByText('✓ 支付成功').waitFor();
}

describe('inside a wallet: one tap and the password', () => {
  test('支付宝 opens its own sheet over the page', async () => {
    const home = await scene.home();
    const page = await open(await phone(alipayAgent), home.path);
    await look(page, 'alipay-bills');
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByLabel('支付密码').fill('123456');
    await look(page, 'alipay-sheet');
    await page.getByRole('button', { name: /^(立即付款|确认付款|付款)/ }).click();
    await isPaid(page);
    await look(page, 'alipay-receipt');
  });

  test('支付宝 cancelled leaves the page as it was', async () => {
    const home = await scene.home();
    const page = await open(await phone(alipayAgent), home.path);
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByLabel('支付密码').waitFor();
    await page.getByRole('button', { name: '取消' }).first().click();
    await page.getByText('未扣款，可重新支付').waitFor();
  });

  test('云闪付 goes to its cashier and comes back to the receipt', async () => {
    const home = await scene.home();
    const page = await open(await phone(unionPayAgent), home.path);
    await look(page, 'union-pay-bills');
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByLabel('支付密码').fill('123456');
    await page.getByRole('button', { name: '立即付款' }).click();
    await isPaid(page);
  });
});

describe('switching the wallet', () => {
  test('cancelled in WeChat, paid in Alipay: the first order cannot be paid any more', async () => {
    const home = await scene.home();
    const first = await open(await phone(WECHAT_AGENT), home.path);
    await first.getByRole('button', { name: '确认支付' }).click();
    await first.getByRole('button', { name: '支付', exact: true }).waitFor();
    const second = await open(await phone(alipayAgent), home.path);
    await second.getByRole('button', { name: '确认支付' }).click();
    await second.getByLabel('支付密码').fill('123456');
    await second.getByRole('button', { name: /^(立即付款|确认付款|付款)/ }).click();
    await isPaid(second);
    await first.getByRole('button', { name: '支付', exact: true }).click();
    await first.getByRole('button', { name: '关闭' }).click();
    await first.getByText('这笔支付已关闭，没有扣款').waitFor();
  });
});

describe('an ordinary browser', () => {
  test('on a phone: 支付宝 by its mobile page', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    await look(page, 'browser-choice');
    await page.getByRole('link', { name: '用支付宝支付' }).click();
    await look(page, 'browser-alipay-bills');
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByLabel('支付密码').fill('123456');
    await page.getByRole('button', { name: /确认付款/ }).click();
    await isPaid(page);
  });

  test('on a phone: 微信 by its H5 page, which asks where the visitor comes from', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    await page.getByRole('link', { name: '用微信支付' }).click();
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByLabel(/支付密码/).fill('123456');
    await page.getByRole('button', { name: '支付', exact: true }).click();
    await page.getByRole('link', { name: '完成' }).click();
    await isPaid(page);
  });

  test('on a phone: a bank card at UnionPay, posted there and back', async () => {
    const home = await scene.home();
    const page = await open(await phone(), home.path);
    await page.getByRole('link', { name: '用银行卡支付' }).click();
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByLabel('短信验证码').fill('123456');
    await look(page, 'union-pay-card');
    await page.getByRole('button', { name: '确认付款' }).click();
    await isPaid(page);
  });

  test('on a computer: a WeChat code on the screen, paid by a phone', async () => {
    const home = await scene.home();
    const page = await open(
      await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' }),
      home.path,
    );
    await look(page, 'computer-choice');
    await page.getByRole('link', { name: '用微信扫码支付' }).click();
    await page.getByRole('button', { name: '确认支付' }).click();
    await page.getByRole('img', { name: '请用微信扫码支付' }).waitFor();
    await look(page, 'computer-code');
    const orderNo = await orderOf(home.unitId);
    await scene.control('POST', 'wechat-pay/pay', { outTradeNo: orderNo });
    await isPaid(page);
  });
});

async function orderOf(unitId: string): Promise<string> {
  const row = await system.deps.db.read(system.companyId, (tx) =>
    tx.one(sql<{ orderNo: string }>`
      select attempt.order_no as "orderNo" from payment.attempt as attempt
      join payment.payment as payment on payment.company_id = attempt.company_id
        and payment.id = attempt.payment_id
      where attempt.company_id = ${tx.companyId} and payment.unit_id = ${unitId}`),
  );
  return row.orderNo;
}

test('no page complained', () => {
  expect(complaints).toEqual([]);
});
