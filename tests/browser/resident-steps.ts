import { expect, type Locator, type Page } from '@playwright/test';

/** The app of the demo's company. */
export const app = '/r/demo/';

/** Reads the newest code off the phone, as its owner would. */
export async function codeOnPhone(page: Page, phone: string): Promise<string> {
  const handset = await page.context().newPage();
  try {
    await handset.goto(`/sim/phones?q=${phone}`);
    const newest = handset.getByRole('listitem').first();
    await expect(newest).toContainText(/\d{6}/);
    const text = (await newest.textContent()) ?? '';
    return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? '';
  } finally {
    await handset.close();
  }
}

/** Signs in where the app stands, by a code that comes to the phone. */
export async function signInByCode(page: Page, phone: string): Promise<void> {
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  const field = page.getByLabel(/位验证码/);
  await expect(field).toBeVisible();
  await field.fill(await codeOnPhone(page, phone));
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** At the app, signed in by phone and bound to the homes that the house list has for it. */
export async function givenSignedIn(page: Page, phone: string): Promise<void> {
  await page.goto(app);
  await signInByCode(page, phone);
  await page.getByRole('button', { name: /^绑定这/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '缴费' })).toBeVisible();
}

/** In the simulated wallet: says who pays when it asks, and comes back. */
export async function nameWallet(page: Page, user = '林晓'): Promise<void> {
  await page.waitForURL(/\/sim\//);
  await page.getByText(user).first().click();
  await page.waitForURL(/\/r\//);
}

/** Gives the wallets back, so that the next story can pay with the same person of the simulator. */
export async function leaveWallets(page: Page): Promise<void> {
  const answer = await page.request.get('/api/resident/me', { headers: { 'x-company': 'demo' } });
  if (!answer.ok()) return;
  const { wallets } = (await answer.json()) as { wallets: { walletId: string }[] };
  for (const { walletId } of wallets) {
    await page.request.delete(`/api/resident/me/wallets/${walletId}`);
  }
}

export interface Paid {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly amountFen: number;
}

/** What the books say was paid, newest first. */
export async function history(page: Page): Promise<Paid[]> {
  const answer = await page.request.get('/api/resident/history');
  return ((await answer.json()) as { items: Paid[] }).items;
}

/** The row of an open bill. */
export function bill(page: Page, feeItem: string): Locator {
  return page.getByRole('group', { name: new RegExp(`^${feeItem}`) });
}

/** In the sheet of the simulated wallet. */
export async function payInWallet(page: Page): Promise<void> {
  await page.getByRole('button', { name: '支付', exact: true }).click();
}

export async function expectPaid(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: '支付成功' })).toBeVisible({ timeout: 20_000 });
}

/** Counts what is tapped on every page from now on, in the wallet's sheet too. */
export async function countTaps(page: Page): Promise<() => number> {
  let taps = 0;
  await page.exposeFunction('countTap', () => {
    taps += 1;
  });
  await page.addInitScript(
    "addEventListener('click', (event) => event.isTrusted && window.countTap(), true)",
  );
  return () => taps;
}

/** As it stands on the page: ¥1,285.98. */
export function yuan(fen: number): string {
  const whole = Math.floor(fen / 100).toLocaleString('en-US');
  return `¥${whole}.${String(fen % 100).padStart(2, '0')}`;
}

/** As one of the simulator's people who live in the demo. */
export async function signInByWallet(page: Page, user = '王小明'): Promise<void> {
  await page.goto(`${app}sign-in`);
  await page.getByRole('button', { name: '用微信登录' }).click();
  await nameWallet(page, user);
  await expect(page.getByRole('heading', { level: 1, name: '缴费' })).toBeVisible();
}

/** Leaves the others open. */
export async function payOneBill(page: Page): Promise<void> {
  const boxes = page.getByRole('group').getByRole('group').getByRole('checkbox');
  await expect(boxes.first()).toBeVisible();
  for (const box of (await boxes.all()).slice(1)) await box.uncheck();
  await page.getByRole('button', { name: /^去缴费/ }).click();
  await page.getByRole('button', { name: /^确认支付/ }).click();
  await payInWallet(page);
  await expectPaid(page);
}

/** Money ahead for the first of one's homes. */
export async function payAhead(page: Page, yuanText: string): Promise<void> {
  await page.goto(`${app}prepayment`);
  await page.getByRole('radio', { name: /其他金额/ }).check();
  await page.getByLabel('金额（元）').fill(yuanText);
  await page.getByRole('button', { name: /^确认支付/ }).click();
  await payInWallet(page);
  await expectPaid(page);
}

/** The ways in which the app is read. */
export const modes = [
  { name: 'zh-CN', language: 'zh', isElder: false },
  { name: 'en', language: 'en', isElder: false },
  { name: 'elder', language: 'zh', isElder: true },
] as const;

/** Opens an address as somebody reads it who chose this before; comes back when nothing loads. */
export async function show(
  page: Page,
  { language, isElder }: (typeof modes)[number],
  address: string,
): Promise<void> {
  const origin = new URL(page.url()).origin;
  await page.context().addCookies([{ name: 'lang', value: language, url: origin }]);
  const choices = { elder: isElder ? '1' : undefined, chosen: '1' };
  await page.evaluate(`for (const [name, value] of Object.entries(${JSON.stringify(choices)}))
    localStorage.setItem('wuye ' + name, value);
    ${isElder ? '' : "localStorage.removeItem('wuye elder');"}
    localStorage.removeItem('wuye selection');`);
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.loading')).toHaveCount(0);
}
