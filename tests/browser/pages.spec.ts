import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectFits, signIn } from './steps.ts';

/** Pages that the menu does not lead to, with their titles. */
const furtherPages = [
  ['autopay-rules', '代扣规则'],
  ['message-templates', '消息模板'],
  ['message-templates/reminder.upcoming', '到期前提醒'],
  ['password', '修改密码'],
] as const;

test('every page of the console fits, has one title, and can be used by everybody', async ({
  page,
}, info) => {
  test.setTimeout(600_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await signIn(page);
  const pages = [...(await pagesOfMenu(page)), ...furtherPages];
  expect(pages.length).toBeGreaterThan(30);
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

/** Where the menu leads, each with its words: a page that joins the menu is looked at as well. */
async function pagesOfMenu(page: Page): Promise<(readonly [string, string])[]> {
  const opener = page.getByRole('button', { name: '打开主菜单' });
  if (await opener.isVisible()) await opener.click();
  const links = page.getByRole('navigation').getByRole('link');
  await expect(links.first()).toBeVisible();
  const entries = await links.evaluateAll((all) =>
    all.map((link) => [link.getAttribute('href') ?? '', link.firstChild?.textContent ?? '']),
  );
  return entries.map(
    ([href = '', text = '']) => [href.replace(/^\/console\/?/, ''), text] as const,
  );
}

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
