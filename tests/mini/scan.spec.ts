import { expect, type Page, test } from '@playwright/test';
import { givenHome, type Home } from './homes.ts';
import type { Platform } from './host/pack.ts';
import type { Launch } from './host/state.ts';
import { expectNoErrors, inHost, openMiniProgram } from './open.ts';
import { bindHome, payInSheet, signIn } from './resident.ts';

/** What each wallet makes of a printed code that it scanned itself. */
const launches: Record<Platform, (url: string) => Launch> = {
  weapp: (url) => ({ query: { q: encodeURIComponent(url) } }),
  alipay: (url) => ({ query: {}, ofApp: { qrCode: url } }),
};
/** People of the demo: the family of an owner, and an old neighbour. */
const [visitor, neighbour] = [2, 3];
const cardOf = (page: Page, { communityName, label }: Home) =>
  page.getByRole('group', { name: `${communityName} ${label}` });

for (const platform of ['weapp', 'alipay'] as const) {
  test.describe(platform, () => {
    test.afterEach(async ({ page }) => await expectNoErrors(page));

    test('a visitor scans the code at a door and pays without binding the home', async ({
      page,
      request,
    }) => {
      const home = await givenHome(request);
      const launch = launches[platform](home.roomCodeUrl);
      await openMiniProgram(page, platform, { user: visitor, launch });
      await signIn(page);
      const card = cardOf(page, home);
      await expect(card.getByText('不绑定也可以缴费')).toBeVisible();
      // Its two bills, and the one for all of the home.
      await expect(card.getByRole('checkbox', { checked: true })).toHaveCount(3);
      for (const why of await card.getByRole('button', { name: '为什么是这个金额' }).all()) {
        await why.tap();
      }
      await expect(card.getByText(/89\.37/).first()).toBeVisible();
      await expect(card.getByRole('link', { name: '查看计算明细' })).toHaveCount(0);
      expect(await inHost(page, (host) => host.clippedTexts())).toEqual([]);
      if (process.env['MINI_PICTURES']) {
        await page.screenshot({ path: `${process.env['MINI_PICTURES']}/${platform}-scanned.png` });
      }

      // From the code to the wallet's sheet it is one tap.
      await page.getByRole('button', { name: /^去缴费，/ }).tap();
      await payInSheet(page, platform);
      await expect(page.getByText('支付成功')).toBeVisible({ timeout: 20_000 });
      await page.getByRole('button', { name: '完成' }).tap();
      await expect(page.getByRole('link', { name: '缴费记录' })).toBeVisible();
      await expect(card).toBeHidden();
      await page.getByRole('link', { name: '缴费记录' }).tap();
      await expect(page.getByRole('listitem').first()).toContainText(home.label);
    });

    test('whoever has the scanned home finds it first, and it alone is ticked', async ({
      page,
      request,
    }) => {
      const [other, scanned] = [await givenHome(request), await givenHome(request)];
      await openMiniProgram(page, platform, { user: neighbour });
      await signIn(page);
      for (const { unitId } of [other, scanned]) {
        await bindHome(page, request, platform, unitId);
      }
      const launch = launches[platform](scanned.roomCodeUrl);
      await openMiniProgram(page, platform, { user: neighbour, launch });
      await expect(page.getByRole('group').first()).toHaveAccessibleName(
        `${scanned.communityName} ${scanned.label}`,
      );
      const [ticked, unticked] = [cardOf(page, scanned), cardOf(page, other)];
      for (const box of await ticked.getByRole('checkbox').all()) await expect(box).toBeChecked();
      for (const box of await unticked.getByRole('checkbox').all()) {
        await expect(box).not.toBeChecked();
      }

      // The program runs already, and the other home's code is scanned.
      await page.getByRole('button', { name: '我的', exact: true }).tap();
      await inHost(
        page,
        (host, again) => host.openAgain(again),
        launches[platform](other.roomCodeUrl),
      );
      await expect(page.getByRole('group').first()).toHaveAccessibleName(
        `${other.communityName} ${other.label}`,
      );
      await expect(ticked.getByRole('checkbox').first()).not.toBeChecked();
      await expect(unticked.getByRole('checkbox').first()).toBeChecked();
    });

    test('the camera of the app reads the codes of the office, and says what is none', async ({
      page,
      request,
    }) => {
      const home = await givenHome(request);
      await openMiniProgram(page, platform, { user: visitor });
      await signIn(page);
      const scan = page.getByRole('button', { name: '扫码缴费' });
      await scan.tap();
      await expect(scan).toBeVisible();
      await inHost(page, (host) => (host.scanned = 'https://u.wechat.com/abcdef'));
      await scan.tap();
      await expect(page.getByText('这不是本物业的缴费码')).toBeVisible();
      await inHost(page, (host, url) => (host.scanned = url), home.roomCodeUrl);
      await scan.tap();
      await expect(cardOf(page, home)).toBeVisible();
      await cardOf(page, home).getByRole('button', { name: '不看这套房屋' }).tap();
      await expect(cardOf(page, home)).toBeHidden();
      await inHost(page, (host) => (host.scanned = 'demo-00000000000000000'));
      await scan.tap();
      await expect(page.getByText('没有这个二维码')).toBeVisible();
      await page.getByRole('button', { name: '看我的账单' }).tap();
      await expect(page.getByText('没有这个二维码')).toBeHidden();
      await expect(page.getByRole('group').first()).toBeVisible();
    });

    test('a message opens the bills of its home', async ({ page, request }) => {
      const home = await givenHome(request);
      const code = new URL(home.roomCodeUrl).pathname.split('/').at(-1) ?? '';
      const launch = { path: 'pages/bills/index', query: { code } };
      await openMiniProgram(page, platform, { user: visitor, launch });
      await signIn(page);
      await expect(cardOf(page, home)).toBeVisible();
    });
  });
}

test('a code that WeChat draws itself carries the room code as its scene', async ({
  page,
  request,
}) => {
  const home = await givenHome(request);
  const code = new URL(home.roomCodeUrl).pathname.split('/').at(-1) ?? '';
  expect(code.length).toBeLessThanOrEqual(32);
  await openMiniProgram(page, 'weapp', { user: visitor, launch: { query: { scene: code } } });
  await signIn(page);
  await expect(cardOf(page, home)).toBeVisible();
  await expectNoErrors(page);
});
