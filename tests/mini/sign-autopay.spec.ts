import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { givenHome } from './homes.ts';
import type { Platform } from './host/pack.ts';
import { expectNoErrors, inHost, openMiniProgram } from './open.ts';
import { bindHome, signIn } from './resident.ts';

type Texts = Readonly<Record<string, string>>;

for (const platform of ['weapp', 'alipay'] as const) {
  test.describe(platform, () => {
    test.afterEach(async ({ page }) => await expectNoErrors(page));

    test('a resident signs autopay in the wallet’s own page, and stops it with one tap', async ({
      page,
      request,
    }) => {
      await openMiniProgram(page, platform);
      await signIn(page);
      const { unitId } = await givenHome(request);
      await bindHome(page, request, platform, unitId);
      await openMiniProgram(page, platform, { launch: { path: 'pages/autopay/index', query: {} } });
      await page.getByRole('link', { name: '开通自动代扣' }).tap();
      await page.getByRole('button', { name: '查看约定' }).tap();
      await expect(page.getByText(/每次最多 .* 元，每月合计最多/)).toBeVisible();
      await page.getByRole('button', { name: '同意并去签约' }).tap();

      // The wallet's own page came; nobody has agreed to anything yet.
      await expect(page.getByRole('heading', { name: '还没有签约' })).toBeVisible();
      await agreeInWallet(page, request, platform);
      await page.getByRole('button', { name: '我已确认，再查一次' }).tap();
      await expect(page.getByRole('heading', { name: '代扣已开通' })).toBeVisible();
      expect(await inHost(page, (host) => host.clippedTexts())).toEqual([]);

      await page.getByRole('button', { name: '查看代扣' }).tap();
      await page.getByRole('button', { name: '停止代扣' }).tap();
      const question = page.getByRole('dialog');
      await expect(question).toContainText('不会再发起任何扣款');
      await question.getByRole('button', { name: '停止代扣' }).tap();
      await expect(page.getByText('代扣已停止', { exact: true })).toBeVisible();
      expect(await inHost(page, (host) => host.clippedTexts())).toEqual([]);
    });
  });
}

/** What the app handed to the wallet is opened there, and its user confirms. */
async function agreeInWallet(
  page: Page,
  request: APIRequestContext,
  platform: Platform,
): Promise<void> {
  const { channel, mandateNo, link } = await (platform === 'weapp' ? inWechat : inAlipay)(page);
  const path = `/sim/control/${channel}/mandates/${mandateNo}/sign`;
  const answer = await request.post(path, { data: { link, user: 2, outcome: 'signed' } });
  expect(await answer.text()).not.toContain('error');
}

async function inWechat(page: Page) {
  const { appId, extraData } = (await detailOf(page, 'navigateToMiniProgram')) as {
    appId: string;
    extraData: Texts;
  };
  expect(appId).toBe('wxbd687630cd02ce1d');
  expect(extraData['version']).toBeUndefined();
  const query = new URLSearchParams(extraData);
  const link = `https://wallet.example/papay/mini-program-entrustweb?${query.toString()}`;
  return { channel: 'wechat-pay', mandateNo: extraData['contract_code'] ?? '', link };
}

async function inAlipay(page: Page) {
  const { signStr } = (await detailOf(page, 'paySignCenter')) as { signStr: string };
  const link = `https://wallet.example/gateway.do?${decodeURIComponent(signStr)}`;
  const content = JSON.parse(new URL(link).searchParams.get('biz_content') ?? '') as Texts;
  return { channel: 'alipay', mandateNo: content['external_agreement_no'] ?? '', link };
}

/** The last call of one of the wallet's functions. */
async function detailOf(page: Page, name: string): Promise<unknown> {
  const calls = await inHost(page, (host) => host.calls);
  return calls.findLast((call) => call.name === name)?.detail;
}
