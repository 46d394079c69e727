import { expect, test } from '@playwright/test';
import { expectAccessible, expectFits, signIn } from './steps.ts';

const pages = [
  ['', '今日'],
  ['communities', '小区'],
  ['units', '房屋'],
  ['imports', '导入'],
  ['fee-items', '收费项目'],
  ['tariffs', '收费标准'],
  ['assignments', '收费关系'],
  ['bill-runs', '出账'],
  ['bills', '账单'],
  ['payments', '收款'],
  ['refunds', '退款'],
  ['suspense', '挂账'],
  ['refund-policies', '自动退款规则'],
  ['merchant-accounts', '商户号'],
  ['channel-routes', '收款路由'],
  ['channel-changes', '渠道审批'],
  ['messages', '消息'],
  ['message-accounts', '消息通道'],
  ['message-templates', '消息模板'],
  ['message-templates/reminder.upcoming', '到期前提醒'],
  ['staff', '员工与角色'],
  ['audit', '操作审计'],
  ['password', '修改密码'],
] as const;

test('every page of the console fits, has one title, and can be used by everybody', async ({
  page,
}, info) => {
  test.setTimeout(240_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await signIn(page);
  for (const [path, title] of pages) {
    await test.step(title, async () => {
      await page.goto(`/console/${path}`);
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(page.locator('.ant-skeleton, .ant-spin-spinning')).toHaveCount(0);
      await expectFits(page);
      await expectAccessible(page);
      const picture = `${path.replaceAll('/', '-') || 'today'}.png`;
      await page.screenshot({ path: info.outputPath(picture), fullPage: true });
    });
  }
  expect(errors).toEqual([]);
});

test('the sign-in page says what is wrong and keeps what was typed', async ({ page }) => {
  await page.goto('/console/');
  await expectAccessible(page);
  await page.getByLabel('登录名').fill('admin');
  await page.getByRole('textbox', { name: '密码' }).fill('not the password');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('alert')).toContainText('密码');
  await expect(page.getByLabel('登录名')).toHaveValue('admin');
});

test('the console speaks English when asked', async ({ page }) => {
  await signIn(page);
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', /^en/);
});
