import { expect, test } from '@playwright/test';
import { givenHomes } from './resident-homes.ts';
import { givenSignedIn } from './resident-steps.ts';
import { expectAccessible, expectFits } from './steps.ts';

test('a bill is disputed in the app: unticked, still payable, and led to its ticket', async ({
  page,
}) => {
  const [home] = await givenHomes(page.request, 1);
  await page.context().clearCookies();
  await givenSignedIn(page, home?.phone ?? '');
  const ticked = page.getByRole('checkbox', { checked: true });
  await expect(ticked.first()).toBeVisible();
  const before = await ticked.count();
  await page.getByRole('button', { name: '为什么是这个金额' }).first().click();
  await page.getByRole('link', { name: '查看计算明细' }).first().click();
  await page.getByRole('button', { name: '对这张账单有异议' }).click();
  await page.getByLabel('情况说明').fill('面积和房产证不一样');
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByText('待受理').first()).toBeVisible();
  await page.goto('/r/demo/');
  await expect(page.getByText('异议处理中')).toBeVisible();
  await expect(ticked).toHaveCount(before - 1);
  await expectFits(page);
  await expectAccessible(page);
  await page.getByRole('checkbox').first().check();
  await expect(ticked).toHaveCount(before);
  await page.getByRole('link', { name: '查看进度' }).click();
  await expect(page.getByText('账单异议').first()).toBeVisible();
});
