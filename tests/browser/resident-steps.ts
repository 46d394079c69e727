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
export async function nameWallet(page: Page, user = '王小明'): Promise<void> {
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

/** As it stands on the page: ¥1,285.98. */
export function yuan(fen: number): string {
  const whole = Math.floor(fen / 100).toLocaleString('en-US');
  return `¥${whole}.${String(fen % 100).padStart(2, '0')}`;
}
