import { expect, test } from '@playwright/test';
import { accountNumberOf, givenHomes, type Home } from './resident-homes.ts';
import {
  app,
  bill,
  countTaps,
  expectPaid,
  givenSignedIn,
  history,
  leaveWallets,
  nameWallet,
  payAhead,
  payInWallet,
  signInByCode,
  yuan,
} from './resident-steps.ts';

let homes: Home[];

test.beforeAll(async ({ playwright, baseURL }) => {
  test.setTimeout(180_000);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  homes = await givenHomes(request, 10);
  await request.dispose();
});
test.beforeEach(() => test.setTimeout(180_000));
test.afterEach(async ({ page }) => await leaveWallets(page));

function home(index: number): Home {
  const found = homes[index];
  if (!found) throw new Error(`there are only ${homes.length} homes`);
  return found;
}

test('a code on the phone, a home, a bill that is understood, paid and receipted', async ({
  page,
}) => {
  const { phone, label, openFen } = home(0);
  await page.goto(app);
  await signInByCode(page, phone);
  await test.step('the home that the house list has for the phone', async () => {
    await expect(page.getByRole('heading', { level: 1, name: '绑定房屋' })).toBeVisible();
    await expect(page.getByRole('checkbox', { name: new RegExp(label) })).toBeChecked();
    await page.getByRole('button', { name: '绑定这 1 套房屋' }).click();
  });
  await test.step('why this amount', async () => {
    const fee = bill(page, '物业服务费');
    await fee.getByRole('button', { name: '为什么是这个金额' }).click();
    await expect(fee.getByText(/89\.37 ㎡ × 3\.2 元/)).toBeVisible();
    await page.getByRole('link', { name: '查看计算明细' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '账单明细' })).toBeVisible();
    await page.getByRole('button', { name: '返回' }).click();
  });
  await test.step('one is left out, and the wallet says who pays', async () => {
    await bill(page, '生活垃圾处理费').getByRole('checkbox').uncheck();
    const pay = page.getByRole('button', { name: /^去缴费/ });
    await expect(pay).toHaveText(`去缴费 ${yuan(openFen - 800)}`);
    await pay.click();
    const confirm = page.getByRole('button', { name: /^确认支付/ });
    await expect(confirm).toHaveText(`确认支付 ${yuan(openFen - 800)}`);
    await confirm.click();
    await nameWallet(page, '林晓');
    await expect(page.getByRole('heading', { level: 1, name: '确认缴费' })).toBeVisible();
    await confirm.click();
    await payInWallet(page);
    await expectPaid(page);
    await expect(page.getByText(yuan(openFen - 800)).first()).toBeVisible();
  });
  await test.step('the receipt, on paper and as a picture, is genuine', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '查看收据' }).click();
    const file = await (await download).createReadStream();
    const { value: beginning } = await file[Symbol.asyncIterator]().next();
    expect(String(beginning).slice(0, 5)).toBe('%PDF-');
    await page.getByRole('button', { name: '收据图片' }).click();
    await page.waitForURL(/receipt\.png/);
    const width = await page.evaluate('document.images[0].naturalWidth');
    expect(width).toBeGreaterThan(500);
    await page.goBack();
    const [paid] = await history(page);
    const answer = await page.request.get(`/api/resident/payments/${paid?.id}/receipt`);
    const { checkUrl } = (await answer.json()) as { checkUrl: string };
    const stranger = await page.context().newPage();
    await stranger.goto(checkUrl);
    await expect(stranger.getByText(/真实|有效/).first()).toBeVisible();
    await expect(stranger.getByText(yuan(openFen - 800)).first()).toBeVisible();
    await stranger.close();
  });
  await test.step('who comes back pays with two taps', async () => {
    const taps = await countTaps(page);
    await page.goto(app);
    await page.getByRole('button', { name: '去缴费，八元', exact: true }).click();
    await payInWallet(page);
    await expectPaid(page);
    expect(taps()).toBe(2);
    await page.getByRole('button', { name: '完成' }).click();
    await expect(page.getByText('没有待缴的账单').first()).toBeVisible();
  });
  await test.step('both are in the history', async () => {
    await page.getByRole('link', { name: '缴费记录' }).click();
    await expect(page.getByRole('listitem')).toHaveCount(2);
    await page.getByRole('listitem').last().getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: '支付详情' })).toBeVisible();
    await expect(page.getByText(yuan(openFen - 800)).first()).toBeVisible();
  });
});

test('cancelled, lost on the way, in part: nothing is paid twice', async ({ page }) => {
  const { phone, openFen } = home(1);
  await givenSignedIn(page, phone);
  await test.step('a part of a bill', async () => {
    await bill(page, '物业服务费').getByRole('button', { name: '缴一部分' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('本次缴（元）').fill('99999');
    await sheet.getByRole('button', { name: '就缴这些' }).click();
    await expect(sheet.getByRole('alert')).toContainText('最多可缴');
    await sheet.getByLabel('本次缴（元）').fill('100');
    await sheet.getByRole('button', { name: '就缴这些' }).click();
    await bill(page, '生活垃圾处理费').getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: '去缴费，一百元', exact: true }).click();
    await page.getByRole('button', { name: /^确认支付/ }).click();
    await nameWallet(page, '林晓');
  });
  const confirm = page.getByRole('button', { name: /^确认支付/ });
  await test.step('cancelled in the wallet: nothing charged, and it can be paid', async () => {
    await confirm.click();
    await page.getByRole('button', { name: '取消', exact: true }).click();
    await expect(page.getByText('未扣款，可重新支付。')).toBeVisible();
    await confirm.click();
    await payInWallet(page);
    await expectPaid(page);
    expect(await history(page)).toMatchObject([{ state: 'paid', amountFen: 100_00 }]);
    await page.getByRole('button', { name: '完成' }).click();
  });
  await test.step('the answer is lost: a retry opens the same payment', async () => {
    const rest = openFen - 100_00;
    const pay = page.getByRole('button', { name: /^去缴费/ });
    await expect(pay).toHaveText(`去缴费 ${yuan(rest)}`);
    let asked = 0;
    await page.route('**/api/resident/payments', async (route) => {
      asked += 1;
      if (asked > 1) return await route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await pay.click();
    await expect(page.getByRole('alert')).toContainText('网络不通');
    await pay.click();
    await payInWallet(page);
    await expectPaid(page);
    expect(asked).toBe(2);
    const paid = (await history(page)).filter(({ state }) => state === 'paid');
    expect(paid.map(({ amountFen }) => amountFen)).toEqual([rest, 100_00]);
    expect(await history(page)).toHaveLength(2);
  });
});

test('for the parents, both homes at once, and money ahead', async ({
  page,
  playwright,
  baseURL,
}) => {
  const own = home(2);
  const parents = home(3);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const number = await accountNumberOf(request, parents.unitId);
  await request.dispose();
  await givenSignedIn(page, own.phone);
  await test.step('their home is bound by what stands on their notice', async () => {
    await page.getByRole('link', { name: '我的' }).click();
    await page.getByRole('link', { name: /^绑定房屋/ }).click();
    await page.getByLabel('户号（缴费识别码）').fill(number);
    await page.getByLabel('房号').fill(parents.doorNo);
    await page.getByLabel('业主或住户姓名').fill(parents.owner);
    await page.getByRole('radio', { name: /代缴人/ }).check();
    await page.getByRole('button', { name: '绑定', exact: true }).click();
    for (const { label } of [own, parents]) {
      await expect(page.getByRole('heading', { level: 2, name: label })).toBeVisible();
    }
  });
  await test.step('one payment for both', async () => {
    const total = own.openFen + parents.openFen;
    await page.getByRole('button', { name: /^去缴费/ }).click();
    const confirm = page.getByRole('button', { name: /^确认支付/ });
    await expect(confirm).toHaveText(`确认支付 ${yuan(total)}`);
    await confirm.click();
    await nameWallet(page, '林晓');
    await confirm.click();
    await payInWallet(page);
    await expectPaid(page);
    expect(await history(page)).toMatchObject([{ state: 'paid', amountFen: total }]);
    await page.getByRole('button', { name: '完成' }).click();
  });
  await test.step('money ahead for the own home; the parents’ balance is theirs', async () => {
    await page.getByRole('link', { name: '预存余额' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '预存' })).toBeVisible();
    await expect(page.getByText(parents.label)).toHaveCount(0);
    await payAhead(page, '88.80');
    await page.getByRole('button', { name: '完成' }).click();
    await expect(page.getByText('¥88.80')).toBeVisible();
    await page.getByRole('link', { name: '预存余额' }).click();
    await page.getByRole('link', { name: '余额明细' }).click();
    await expect(page.getByRole('listitem')).toHaveCount(1);
  });
});
