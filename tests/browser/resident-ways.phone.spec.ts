import { type Browser, devices, expect, type Locator, type Page, test } from '@playwright/test';
import { givenHomes, type Home, paidAhead } from './resident-homes.ts';
import {
  app,
  codeOnPhone,
  expectPaid,
  givenSignedIn,
  history,
  leaveWallets,
  nameWallet,
  signInByCode,
} from './resident-steps.ts';
import { expectAccessible } from './steps.ts';

const ALIPAY_AGENT =
  'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/130.0.0.0 Mobile Safari/537.36 AlipayClient/10.5.88.8000';

let homes: Home[];

test.beforeAll(async ({ playwright, baseURL }) => {
  test.setTimeout(180_000);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  homes = await givenHomes(request, 8);
  await request.dispose();
});
test.beforeEach(() => test.setTimeout(180_000));

function home(index: number): Home {
  const found = homes[index];
  if (!found) throw new Error(`there are only ${homes.length} homes`);
  return found;
}

/** A page in another browser than that of WeChat. */
async function inBrowser(
  browser: Browser,
  agent: string | undefined,
  story: (page: Page) => Promise<void>,
): Promise<void> {
  const { baseURL = '' } = test.info().project.use;
  const context = await browser.newContext({
    ...devices['Pixel 7'],
    ...(agent !== undefined && { userAgent: agent }),
    baseURL,
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  try {
    await story(page);
    await leaveWallets(page);
  } finally {
    await context.close();
  }
}

/** Goes there by the keyboard alone, as somebody does who cannot see or hold a pointer. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await page.locator(':focus').and(target).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(target)}`);
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

test('with the keyboard alone, in a browser that is no wallet', async ({ browser }) => {
  await inBrowser(browser, undefined, async (page) => {
    const { phone, label } = home(0);
    await page.goto(app);
    await tabTo(page, page.getByLabel('手机号', { exact: true }));
    await page.keyboard.type(phone);
    await press(page, page.getByRole('button', { name: '获取验证码' }));
    await tabTo(page, page.getByLabel(/位验证码/));
    await page.keyboard.type(await codeOnPhone(page, phone));
    await press(page, page.getByRole('button', { name: '登录', exact: true }));
    await press(page, page.getByRole('button', { name: '绑定这 1 套房屋' }));
    await expect(page.getByRole('heading', { level: 2, name: label })).toBeVisible();

    await press(page, page.getByRole('button', { name: '缴一部分' }).first());
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('button', { name: '缴一部分' }).first()).toBeFocused();

    await press(page, page.getByRole('checkbox').first(), 'Space');
    await press(page, page.getByRole('button', { name: /^去缴费/ }));
    await press(page, page.getByRole('button', { name: /^确认支付/ }));
    await page.waitForURL(/\/sim\//);
    await press(page, page.getByRole('button', { name: '支付', exact: true }));
    await press(page, page.getByRole('link', { name: '完成' }));
    await page.waitForURL(/\/r\/demo\//);
    await expectPaid(page);
    expect(await history(page)).toHaveLength(1);
  });
});

test('an invitation is opened, Alipay says who it is, and signing out leaves nothing', async ({
  browser,
}) => {
  const { phone } = home(1);
  let address = '';
  let billAddress = '';
  await inBrowser(browser, undefined, async (owner) => {
    await givenSignedIn(owner, phone);
    const answer = await owner.request.post(`/api/resident/homes/${home(1).unitId}/invitations`, {
      data: { role: 'family' },
    });
    const { code } = (await answer.json()) as { code: string };
    address = `${app}invitation/${code.replace(/[\s-]/g, '')}`;
    const bills = await owner.request.get('/api/resident/bills');
    const { homes: open } = (await bills.json()) as { homes: { bills: { id: string }[] }[] };
    billAddress = `${app}bill/${open[0]?.bills[0]?.id}`;
  });
  await inBrowser(browser, ALIPAY_AGENT, async (page) => {
    await page.goto(address);
    await page.getByRole('button', { name: '用支付宝登录' }).click();
    await nameWallet(page, '林晓');
    await expect(page.getByRole('heading', { level: 1, name: '绑定邀请' })).toBeVisible();
    await page.getByRole('button', { name: /接受|绑定/ }).click();
    await expect(page.getByRole('heading', { level: 2, name: home(1).label })).toBeVisible();

    await page.getByRole('link', { name: '我的' }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '登录' })).toBeVisible();
    const kept = await page.evaluate('JSON.stringify({ ...localStorage })');
    expect(kept).not.toContain(home(1).label);
    await page.goto(app);
    await expect(page.getByRole('heading', { level: 1, name: '登录' })).toBeVisible();

    // An address that was sent opens after signing in.
    await page.goto(billAddress);
    await page.getByRole('button', { name: '用支付宝登录' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '账单明细' })).toBeVisible();
    expect(page.url()).toContain(billAddress);
    await page.getByRole('button', { name: '返回' }).click();
    await expect(page.getByRole('heading', { level: 2, name: home(1).label })).toBeVisible();
    await page.request.post('/api/resident/me/close', { data: {} });
  });
});

test('an invitation is opened by somebody new, and a code on the phone leads back to it', async ({
  page,
}) => {
  await page.goto(`${app}invitation/abcdefghijkl`);
  await expect(page.getByRole('heading', { level: 1, name: '登录' })).toBeVisible();
  await signInByCode(page, `139${String(Date.now()).slice(-8)}`);
  await expect(page.getByRole('heading', { level: 1, name: '绑定邀请' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('邀请无效');
  await page.goto(`${app}no-such-page`);
  await expect(page.getByRole('heading', { level: 1, name: '没有找到这个页面' })).toBeVisible();
});

test('without a network: the last bills with their age, and no payment', async ({ page }) => {
  const { phone, label } = home(2);
  await givenSignedIn(page, phone);
  await expect(page.getByRole('heading', { level: 2, name: label })).toBeVisible();
  // The second visit is served by what the first one left on the device.
  await page.evaluate('navigator.serviceWorker.ready');
  await page.reload();
  await expect(page.getByRole('heading', { level: 2, name: label })).toBeVisible();
  await page.context().setOffline(true);
  try {
    await page.reload();
    await expect(page.getByRole('heading', { level: 2, name: label })).toBeVisible();
    await expect(page.getByText('网络不通').first()).toBeVisible();
    await expect(page.getByText(/这是.+保存的内容/)).toBeVisible();
    await expect(page.getByRole('button', { name: /^去缴费/ })).toBeDisabled();
    await expect(page.getByText('网络不通，暂时不能支付。所选账单已保留。')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: '我的' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '我的' })).toBeVisible();
    await page.getByRole('link', { name: '缴费', exact: true }).click();
    await page.getByRole('checkbox').first().uncheck();
  } finally {
    await page.context().setOffline(false);
  }
  await expect(page.getByText('网络不通')).toHaveCount(0);
  await expect(page.getByRole('checkbox').first()).not.toBeChecked();
  await expect(page.getByRole('button', { name: /^去缴费/ })).toBeEnabled();
});

test('the balance is used once, however often its answer is lost', async ({
  page,
  playwright,
  baseURL,
}) => {
  const { phone, unitId, openFen } = home(4);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  await paidAhead(request, unitId, openFen + 1_00);
  await request.dispose();
  await givenSignedIn(page, phone);
  const keys: unknown[] = [];
  await page.route('**/prepayment/uses', async (route) => {
    keys.push((route.request().postDataJSON() as { idempotencyKey: string }).idempotencyKey);
    if (keys.length > 2) return await route.continue();
    if (keys.length === 2) await route.fetch();
    await route.abort('connectionreset');
  });
  await page.getByRole('button', { name: /^用预存余额缴/ }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: /^用预存余额缴/ });
  for (let lost = 1; lost <= 2; lost += 1) {
    await confirm.click();
    await expect.poll(() => keys.length).toBe(lost);
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('网络不通');
  }
  await confirm.click();
  await expect(page.getByText('没有待缴的账单').first()).toBeVisible();
  await expect(page.getByText('¥1.00')).toBeVisible();
  expect(new Set(keys).size).toBe(1);
  expect(await history(page)).toHaveLength(2);
});

test('a wallet that signs in on somebody’s device does not see what they saw', async ({ page }) => {
  const { phone, label } = home(5);
  await givenSignedIn(page, phone);
  const community = page.getByText(/^听雨轩/);
  await expect(community.first()).toBeVisible();
  await page.evaluate('navigator.serviceWorker.ready');
  await page.reload();
  await expect(page.getByRole('heading', { level: 2, name: label })).toBeVisible();
  await page.goto(`/api/resident/wallet-login/wechat-pay?company=demo&next=${app}tour`);
  await nameWallet(page, '王小明');
  await expect(page.getByRole('heading', { level: 1, name: '怎么缴费' })).toBeVisible();
  await page.context().setOffline(true);
  try {
    await page.goto(app);
    await expect(page.getByRole('alert')).toContainText('网络不通');
    await expect(community).toHaveCount(0);
  } finally {
    await page.context().setOffline(false);
  }
  await expect(page.getByText('翠湖雅苑').first()).toBeVisible();
});

test('large type and English stay, and the account takes them to the next device', async ({
  page,
  browser,
}) => {
  const { phone } = home(3);
  await givenSignedIn(page, phone);
  await page.getByRole('link', { name: '我的' }).click();
  await page.getByRole('link', { name: /^设置/ }).click();
  await page.getByRole('switch', { name: '长辈版' }).click();
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.goto(app);
  const title = page.getByRole('heading', { level: 1, name: 'Pay' });
  await expect(title).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(title).toHaveCSS('font-size', '28px');
  await expect(page.getByRole('button', { name: /^Pay / })).toBeVisible();
  const { cookies } = await page.context().storageState();
  await inBrowser(browser, undefined, async (other) => {
    await other.context().addCookies(cookies.filter(({ name }) => name !== 'lang'));
    await other.goto(app);
    await expect(other.getByRole('heading', { level: 1, name: 'Pay' })).toBeVisible();
    await expect(other.locator('h1')).toHaveCSS('font-size', '28px');
  });
});
