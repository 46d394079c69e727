import { devices, expect, type Page, test } from '@playwright/test';
import { WECHAT_AGENT } from '../../tools/browser.ts';
import { choose, scan, signIn } from './steps.ts';

const community = `晨曦里${Date.now()}`;
const list = [
  '小区,楼栋,单元,楼层,房号,房屋类型,建筑面积,业主姓名,手机号,入住日期',
  `${community},1栋,1单元,3,301,住宅,89.37,赵国平,13900007001,2020-01-01`,
  `${community},1栋,1单元,3,302,住宅,102.50,钱秀兰,13900007002,2020-01-01`,
].join('\n');

test('from a house list to a paid bill', async ({ page, browser }) => {
  test.setTimeout(180_000);
  await signIn(page);
  await importHouses(page);
  await assignTariff(page);
  await publishBills(page);
  const url = await roomCodeUrl(page);

  // The desk watches the dashboard while the owner pays.
  await page.goto('/console/');
  await expect(page.getByText('实时更新中')).toBeVisible();
  const phone = await browser.newContext({ ...devices['Pixel 7'], userAgent: WECHAT_AGENT });
  const wallet = await phone.newPage();
  await scan(wallet, url);
  await expect(wallet.getByText('赵*平')).toBeVisible();
  // Two actions from scan to paid.
  const confirm = wallet.getByRole('button', { name: '确认支付' });
  await expect(confirm).toHaveText('确认支付 ¥285.98');
  await confirm.click();
  await wallet.getByRole('button', { name: '支付', exact: true }).click();
  await expect(wallet.getByRole('heading', { name: '支付成功' })).toBeVisible();
  await expect(wallet.getByText('¥285.98').first()).toBeVisible();

  const newest = page.getByRole('row', { name: new RegExp(community) });
  await expect(newest.getByText('¥285.98')).toBeVisible();
  await newest.getByRole('link').first().click();
  await expect(page.getByText('已支付').first()).toBeVisible();

  await wallet.goto(url);
  await expect(wallet.getByText('没有待缴')).toBeVisible();
  await phone.close();
});

async function importHouses(page: Page): Promise<void> {
  await page.goto('/console/imports');
  await page.locator('input[type=file]').setInputFiles({
    name: '晨曦里.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(list),
  });
  await page.getByRole('button', { name: '确认写入' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '写入 2 条' }).click();
  await expect(page.getByText('写入结果')).toBeVisible();
}

async function assignTariff(page: Page): Promise<void> {
  await page.goto('/console/assignments');
  await page.getByRole('button', { name: '按条件指定' }).click();
  await choose(page, '小区', community);
  await choose(page, '收费项目', '物业服务费');
  await choose(page, '收费标准', '高层住宅 3.20 元');
  await page.getByRole('dialog').getByRole('button', { name: '看会影响多少套' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '为 2 套房屋指定' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function publishBills(page: Page): Promise<void> {
  await page.goto('/console/bill-runs');
  await page.getByRole('button', { name: '新建出账' }).click();
  await choose(page, '小区', community);
  await page.getByRole('dialog').getByRole('button', { name: '生成草稿' }).click();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发布 2 张账单' }).click();
  await expect(page.getByText('已发布').first()).toBeVisible();
}

async function roomCodeUrl(page: Page): Promise<string> {
  await page.goto(`/console/units?search=301`);
  const row = page.getByRole('row', { name: new RegExp(community) });
  await row.getByRole('link', { name: '1栋1单元301' }).click();
  await page.getByRole('button', { name: '生成房屋码' }).click();
  const link = page.getByRole('link', { name: '打开缴费页' });
  return (await link.getAttribute('href')) ?? '';
}
