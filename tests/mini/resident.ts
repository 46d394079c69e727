import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { post, signInStaff } from './homes.ts';
import type { Platform } from './host/pack.ts';

/** The person with the phone signs in by the wallet. */
export async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /登录/ }).first().tap();
  await expect(page.getByRole('button', { name: /登录/ })).toBeHidden();
}

/** Who signed in applies for a home, and staff let them in. */
export async function bindHome(
  page: Page,
  request: APIRequestContext,
  platform: Platform,
  unitId: string,
): Promise<void> {
  const headers = await sessionOf(page, platform);
  const data = { unitId, role: 'owner', name: '王小明', reason: '我是业主' };
  const { applicationId } = await post<{ applicationId: string }>(
    request,
    '/api/resident/applications',
    data,
    headers,
  );
  await signInStaff(request);
  const decision = { approve: true, role: 'owner', reason: '已核对' };
  await post(request, `/api/home-applications/${applicationId}/decide`, decision);
}

/** What the mini-program on the page shows the server; it is there once it has signed in. */
export async function sessionOf(page: Page, platform: Platform): Promise<Record<string, string>> {
  const kept = await page.evaluate(`localStorage.getItem('${platform}:wuye session')`);
  return { authorization: `Bearer ${String(JSON.parse(String(kept)))}` };
}

/** What the simulated wallets call their buttons; Alipay's wants a password. */
const sheets = { weapp: '支付', alipay: '确认付款' };

export async function payInSheet(page: Page, platform: Platform): Promise<void> {
  const sheet = page.getByRole('dialog');
  if (platform === 'alipay') await sheet.getByLabel(/支付密码/).fill('123456');
  await sheet.getByRole('button', { name: sheets[platform], exact: true }).click();
}
