import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { TEST_SETTINGS } from '../../tools/mini.mjs';
import type { Platform } from './host/pack.ts';
import { inHost } from './open.ts';

type OpenBill = { unitId: string };

/** Each pays for a home of its own: the first and the last of those that owe several bills. */
const homes = { weapp: 0, alipay: -1 } as const;

/**
 * The person with the phone signs in by the wallet, applies for a home, and staff let them in. The
 * mini-program finds the session at its next start.
 */
export async function signInWithHome(
  page: Page,
  request: APIRequestContext,
  platform: Platform,
): Promise<void> {
  const loginCode = await inHost(page, (host) => host.loginCode());
  const channel = platform === 'weapp' ? 'wechat-pay' : 'alipay';
  const company = TEST_SETTINGS.MINI_COMPANY;
  const { token } = await json<{ token: string }>(
    request.post('/api/resident/session/wallet', { data: { company, channel, loginCode } }),
  );
  const staff = { loginName: 'admin', password: 'wuye-demo-2026' };
  await json(request.post('/api/session', { data: staff }));
  const unitId = await homeWithBills(request, homes[platform]);
  const wish = { unitId, role: 'owner', name: '王小明', reason: '我是业主' };
  const { applicationId } = await json<{ applicationId: string }>(
    request.post('/api/resident/applications', {
      data: wish,
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  await json(
    request.post(`/api/home-applications/${applicationId}/decide`, {
      data: { approve: true, role: 'owner', reason: '已核对' },
    }),
  );
  await page.evaluate(
    `localStorage.setItem('${platform}:wuye session', JSON.stringify('${token}'))`,
  );
}

/** The demo goes on making bills while its first pages can be opened already. */
async function homeWithBills(request: APIRequestContext, which: 0 | -1): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    const { items } = await json<{ items: OpenBill[] }>(
      request.get('/api/bills', { params: { state: 'open', limit: '200' } }),
    );
    const count = (unitId: string) => items.filter((bill) => bill.unitId === unitId).length;
    const units = [...new Set(items.map(({ unitId }) => unitId))].filter((id) => count(id) >= 2);
    expect(units.length).toBeGreaterThanOrEqual(2);
    found = units.at(which);
  }).toPass({ timeout: 60_000, intervals: [1000] });
  return found ?? '';
}

async function json<Answer>(sending: ReturnType<APIRequestContext['get']>): Promise<Answer> {
  const answer = await sending;
  const text = await answer.text();
  expect(answer.ok(), `${answer.url()} ${answer.status()} ${text}`).toBe(true);
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}
