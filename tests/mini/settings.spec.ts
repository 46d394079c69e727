import { expect, type Page, test } from '@playwright/test';
import { expectNoErrors, inHost, openMiniProgram } from './open.ts';

const scaleOf = (page: Page) => inHost(page, (host) => host.scale());

for (const platform of ['weapp', 'alipay'] as const) {
  test.describe(platform, () => {
    test.afterEach(async ({ page }) => await expectNoErrors(page));
    const launch = { path: 'pages/settings/index', query: {} };

    test('elders’ mode makes everything larger, and is still on at the next start', async ({
      page,
    }) => {
      await openMiniProgram(page, platform, { launch });
      await expect(page.getByRole('heading', { name: '设置' })).toBeVisible();
      expect(await scaleOf(page)).toBe(1);
      const elder = page.getByRole('switch', { name: '长辈版' });
      await expect(elder).not.toBeChecked();
      await elder.tap();
      await expect(elder).toBeChecked();
      expect(await scaleOf(page)).toBe(1.4);
      await openMiniProgram(page, platform, { launch });
      await expect(page.getByRole('switch', { name: '长辈版' })).toBeChecked();
      expect(await scaleOf(page)).toBe(1.4);
    });

    test('larger letters of the wallet are taken over, and nothing is cut off', async ({
      page,
    }) => {
      await openMiniProgram(page, platform, { launch, fontFactor: 1.5 });
      await expect(page.getByText('长辈版')).toBeVisible();
      expect(await scaleOf(page)).toBe(1.5);
      expect(await inHost(page, (host) => host.clippedTexts())).toEqual([]);
    });

    test('English is spoken by the page, its title and the tabs', async ({ page }) => {
      await openMiniProgram(page, platform, { launch });
      await page.getByRole('radio', { name: 'English' }).tap();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
      await expect(page.getByRole('switch', { name: 'Large view' })).toBeVisible();
    });

    test('a lost network is said, and so is its return', async ({ page }) => {
      await openMiniProgram(page, platform, { launch });
      await expect(page.getByRole('switch')).toBeVisible();
      await inHost(page, (host) => host.setOnline(false));
      await expect(page.getByText('网络不通')).toBeVisible();
      await inHost(page, (host) => host.setOnline(true));
      await expect(page.getByText('网络不通')).toBeHidden();
    });
  });
}
