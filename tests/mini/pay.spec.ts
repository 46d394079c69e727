import { expect, type Page, test } from '@playwright/test';
import { givenHome } from './homes.ts';
import { expectNoErrors, inHost, openMiniProgram } from './open.ts';
import { bindHome, payInSheet, signIn } from './resident.ts';

for (const platform of ['weapp', 'alipay'] as const) {
  test.describe(platform, () => {
    test.afterEach(async ({ page }) => await expectNoErrors(page));

    test('a resident unticks a bill, cancels, pays, and finds it in the history', async ({
      page,
      request,
    }) => {
      await openMiniProgram(page, platform);
      await signIn(page);
      await expect(page.getByRole('heading', { name: '绑定房屋', level: 1 })).toBeVisible();
      const { unitId } = await givenHome(request);
      await bindHome(page, request, platform, unitId);
      const boxes = page.getByRole('checkbox').filter({ visible: true });
      for (const fontFactor of [1.4, 1.5, 1]) {
        await openMiniProgram(page, platform, { fontFactor });
        await expect(boxes.first()).toBeChecked();
        expect(await inHost(page, (host) => host.scale())).toBe(fontFactor);
        expect(await inHost(page, (host) => host.clippedTexts())).toEqual([]);
        if (process.env['MINI_PICTURES']) {
          const path = `${process.env['MINI_PICTURES']}/${platform}-bills-${fontFactor}.png`;
          await page.screenshot({ path });
        }
      }
      const pay = page.getByRole('button', { name: /^去缴费，/ });
      const whole = await pay.textContent();
      await boxes.first().tap();
      await expect(boxes.first()).not.toBeChecked();
      await expect(pay).not.toHaveText(whole ?? '');
      const rest = await pay.textContent();
      await switchToElders(page);
      await expect(boxes.first()).not.toBeChecked();

      await pay.tap();
      const confirm = page.getByRole('button', { name: /^确认支付，/ });
      await expect(confirm).toHaveText(`确认支付 ${rest?.split(' ')[1]}`);
      await confirm.tap();
      await page.getByRole('dialog').getByRole('button', { name: '取消', exact: true }).click();
      await expect(page.getByText('未扣款，可重新支付。')).toBeVisible();

      await confirm.tap();
      await payInSheet(page, platform);
      await expect(page.getByText('支付成功')).toBeVisible({ timeout: 20_000 });
      await page.getByRole('button', { name: '完成' }).tap();
      await expect(boxes).toHaveCount(1);
      await page.getByRole('link', { name: '缴费记录' }).tap();
      // One payment, although the button was tapped twice; all of the home's payments are here.
      await expect(page.getByRole('listitem')).toHaveCount(1);
      await expect(page.getByRole('listitem')).toContainText(rest?.split(' ')[1] ?? '');
      expect(await inHost(page, (host) => host.clippedTexts())).toEqual([]);
    });
  });
}

/** By the tabs and back: the choice of bills is still there. */
async function switchToElders(page: Page): Promise<void> {
  await page.getByRole('button', { name: '我的', exact: true }).tap();
  await page.getByRole('link', { name: /设置/ }).tap();
  await page.getByRole('switch', { name: '长辈版' }).tap();
  await page.getByRole('button', { name: '返回' }).tap();
  await page.getByRole('button', { name: '缴费', exact: true }).tap();
  expect(await inHost(page, (host) => host.scale())).toBe(1.4);
  expect(await inHost(page, (host) => host.clippedTexts())).toEqual([]);
}
