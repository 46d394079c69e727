import { type Browser, devices, expect, type Page, test } from '@playwright/test';
import { WECHAT_AGENT } from '../../tools/browser.ts';
import { expectAccessible, expectFits, scan, signIn } from './steps.ts';

/** One white pixel. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);

test('a question from the door: asked, answered, and rated by the link alone', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await signIn(page);
  const url = await doorOf(page, 8);
  const phone = await phoneIn(browser);
  await scan(phone, url);
  await phone.getByRole('navigation').getByRole('link', { name: '有疑问？' }).click();
  await expectFits(phone);
  await expectAccessible(phone);
  const text = `单元门禁打不开 ${Date.now()}`;
  await phone.getByLabel('类别').selectOption({ label: '报修' });
  await phone.getByLabel('情况说明').fill(text);
  await phone
    .getByLabel('照片')
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: photo });
  await phone.getByRole('button', { name: '提交' }).click();
  await expect(phone.getByRole('heading', { name: '待受理' })).toBeVisible();
  await expect(phone.getByRole('img', { name: '照片 1' })).toBeVisible();
  await expectFits(phone);
  await expectAccessible(phone);

  await page.goto('/console/tickets');
  await page.getByRole('row', { name: text }).getByRole('link').first().click();
  await page.getByRole('textbox', { name: '内容' }).fill('师傅下午三点到');
  await page.getByRole('radio', { name: '已解决' }).check();
  await page.getByRole('button', { name: '回复并通知' }).click();
  await expect(page.getByText('师傅下午三点到')).toBeVisible();

  await phone.reload();
  await expect(phone.getByText('师傅下午三点到')).toBeVisible();
  await phone.getByRole('radio', { name: '5 很满意' }).check();
  await phone.getByRole('button', { name: '提交评价' }).click();
  await expect(phone.getByText('您的评价：5 分')).toBeVisible();
  await phone.context().close();
});

test('a disputed bill is unticked at the door, and can be ticked again', async ({
  page,
  browser,
}) => {
  await signIn(page);
  const url = await doorOf(page, 9);
  const phone = await phoneIn(browser);
  await scan(phone, url);
  const bills = phone.getByRole('checkbox');
  const count = await bills.count();
  await phone.locator('main').getByRole('link', { name: '有疑问？' }).first().click();
  await expect(phone.getByLabel('类别')).toHaveValue(/\w/);
  await phone.getByLabel('情况说明').fill('面积和房产证不一样');
  await phone.getByRole('button', { name: '提交' }).click();
  await expect(phone.getByText('物业还没有答复')).toBeVisible();
  await phone.goto(url);
  await expect(phone.getByText('异议处理中')).toBeVisible();
  await expect(phone.getByRole('checkbox', { checked: true })).toHaveCount(count - 1);
  await bills.first().check();
  await expect(phone.getByRole('button', { name: '确认支付' })).toBeEnabled();
  await phone.context().close();
});

test('the desk takes down what somebody says, for a unit and a bill', async ({ page }) => {
  await signIn(page);
  await page.goto('/console/tickets');
  await page.getByRole('button', { name: '代住户登记' }).click();
  const form = page.getByRole('dialog');
  await pick(page, '小区');
  await pick(page, '房屋（选填）');
  await expect(form.getByLabel('有异议的账单')).toBeVisible();
  await pick(page, '类别');
  await form.getByLabel('报事人称呼').fill('赵阿姨');
  const text = `楼道灯不亮 ${Date.now()}`;
  await form.getByLabel('报事内容').fill(text);
  await form
    .getByLabel('照片（最多 6 张）')
    .setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: photo });
  await expect(form.getByText('lamp.png')).toBeVisible();
  await form.getByRole('button', { name: '登记' }).click();
  await page.getByRole('row', { name: text }).getByRole('link').first().click();
  await page.getByRole('button', { name: '更改类别' }).click();
  await pick(page, '类别');
  await page.getByRole('dialog').getByRole('button', { name: '更改类别' }).click();
  await expect(page.getByText('更改类别').last()).toBeVisible();
});

/** Chooses the first thing that a field of the drawer offers. */
async function pick(page: Page, field: string): Promise<void> {
  const box = page.getByRole('dialog').getByLabel(field, { exact: true });
  await expect(async () => {
    await box.click();
    await page
      .locator('.ant-select-dropdown:visible .ant-select-item-option')
      .first()
      .click({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });
}

async function phoneIn(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ ...devices['Pixel 7'], userAgent: WECHAT_AGENT });
  return await context.newPage();
}

/** The page behind the door of one of the homes that owe something. */
async function doorOf(page: Page, index: number): Promise<string> {
  const answer = await page.request.get('/api/bills?state=open&limit=200');
  const { items } = (await answer.json()) as { items: { unitId: string }[] };
  const unitId = [...new Set(items.map((bill) => bill.unitId))][index];
  const code = await page.request.get(`/api/units/${unitId}/room-code`);
  return ((await code.json()) as { url: string }).url;
}
