import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { Platform } from './host/pack.ts';

type OpenBill = { unitId: string };

/** Each pays for a home of its own: the first and the last of those that owe several bills. */
const homes = { weapp: 0, alipay: -1 } as const;

/**
 * The person with the phone signs in by the wallet and is bound to no home yet; they apply for one,
 * and staff let them in.
 */
export async function signInWithHome(
  page: Page,
  request: APIRequestContext,
  platform: Platform,
): Promise<void> {
  await page.getByRole('button', { name: /登录/ }).first().tap();
  await expect(page.getByRole('heading', { name: '绑定房屋', level: 1 })).toBeVisible();
  const kept = await page.evaluate(`localStorage.getItem('${platform}:wuye session')`);
  const headers = { authorization: `Bearer ${String(JSON.parse(String(kept)))}` };
  const staff = { loginName: 'admin', password: 'wuye-demo-2026' };
  await json(request.post('/api/session', { data: staff }));
  const unitId = await homeWithBills(request, homes[platform]);
  const data = { unitId, role: 'owner', name: '王小明', reason: '我是业主' };
  const { applicationId } = await json<{ applicationId: string }>(
    request.post('/api/resident/applications', { data, headers }),
  );
  const decision = { approve: true, role: 'owner', reason: '已核对' };
  await json(request.post(`/api/home-applications/${applicationId}/decide`, { data: decision }));
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
