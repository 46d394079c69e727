import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectFits, signIn } from './steps.ts';

/** Refunds cross several pages; a busy machine takes its time for each. */
test.use({ actionTimeout: 30_000 });
const slow = { timeout: 30_000 };

const password = '春江花月夜 2026';
const checker = 'refund-checker';

async function openBill(page: Page) {
  const answer = await page.request.get('/api/bills?state=open&limit=1');
  const { items } = (await answer.json()) as {
    items: { id: string; unitId: string; openFen: number }[];
  };
  return items[0];
}

/** Cash for one open bill of the demo. @returns the payment's id and what was taken */
async function takeCash(page: Page): Promise<{ paymentId: string; amountFen: number }> {
  // The demo's own bills come a moment after its pages.
  await expect.poll(() => openBill(page), slow).toBeTruthy();
  const bill = await openBill(page);
  if (!bill) throw new Error('the demo has no open bill');
  const answer = await page.request.post('/api/payments/desk', {
    data: {
      unitId: bill.unitId,
      billIds: [bill.id],
      method: 'cash',
      amountFen: bill.openFen,
      idempotencyKey: `browser-${Date.now()}`,
    },
  });
  const taken = (await answer.json()) as { paymentId: string };
  return { paymentId: taken.paymentId, amountFen: bill.openFen };
}

/** A second person, because nobody approves their own refund; made once. */
async function addChecker(page: Page): Promise<void> {
  const roles = await page.request.get('/api/roles');
  const { items } = (await roles.json()) as { items: { id: string; name: string }[] };
  const finance = items.find(({ name }) => name === '财务');
  await page.request.post('/api/staff', {
    data: { loginName: checker, displayName: '复核员', password, roleIds: [finance?.id] },
  });
}

async function signInAs(page: Page, loginName: string): Promise<void> {
  await page.request.delete('/api/session');
  await page.goto('/console/sign-in');
  await page.getByLabel('登录名').fill(loginName);
  await page.getByRole('textbox', { name: '密码' }).fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('heading', { name: '今日', level: 1 })).toBeVisible(slow);
}

const yuan = (fen: number) =>
  `¥${Math.floor(fen / 100).toLocaleString('en-US')}.${String(fen % 100).padStart(2, '0')}`;

test('cash goes back: one asks with a preview, another approves, the desk pays out', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signIn(page);
  await addChecker(page);
  const { paymentId } = await takeCash(page);
  await page.goto(`/console/payments/${paymentId}`);
  await page.getByRole('button', { name: '申请退款' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox').first().fill('0.50');
  await form.getByLabel('退款原因').fill('多收五角');
  await expect(form.getByText('重新欠费 ¥0.50')).toBeVisible();
  await expectAccessible(page);
  await form.getByRole('button', { name: '提交申请 ¥0.50' }).click();

  await expect(page.getByRole('heading', { level: 1, name: /^退款 R/ })).toBeVisible(slow);
  await expect(page.getByText('待审批').first()).toBeVisible();
  const own = page.getByRole('button', { name: '批准退款' });
  await expect(own).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await expectFits(page);
  const refundUrl = page.url();

  await signInAs(page, checker);
  await expect(page.getByRole('link', { name: /退款.*1 项待处理/ })).toBeVisible(slow);
  await page.goto(refundUrl);
  await page.getByRole('button', { name: '批准退款' }).click();
  await expect(page.getByRole('dialog').getByText('由前台付还 ¥0.50')).toBeVisible();
  await page.getByRole('button', { name: '批准并退 ¥0.50' }).click();
  await page.getByRole('button', { name: '登记付款' }).click();
  const payOut = page.getByRole('dialog');
  await payOut.getByLabel('凭证号').fill(`V-${Date.now()}`);
  await payOut.getByLabel('收款人').fill('王阿姨');
  await payOut.getByLabel('签收说明').fill('本人签收，存前台夹 3');
  await expectAccessible(page);
  await payOut.getByRole('button', { name: '已付 ¥0.50，登记' }).click();
  await expect(page.getByText('已退款').first()).toBeVisible(slow);

  await page.goto(`/console/payments/${paymentId}`);
  await expect(page.getByText('部分退款')).toBeVisible(slow);
  await expect(page.getByRole('link', { name: /^R\d{6}-/ })).toBeVisible();
  await page.goto('/console/refunds');
  await expect(page.getByRole('row', { name: /多收五角/ })).toBeVisible();
});

test('more than was paid is refused before it is asked for', async ({ page }) => {
  await signIn(page);
  const { paymentId, amountFen } = await takeCash(page);
  await page.goto(`/console/payments/${paymentId}`);
  await page.getByRole('button', { name: '申请退款' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox').first().fill('9999999');
  await expect(form.getByText(`请填写 ${yuan(amountFen)} 以内的金额`)).toBeVisible();
  await form.getByRole('button', { name: '全部退' }).click();
  await form.getByLabel('减少应收').check();
  await expect(form.getByText(`应收减少 ${yuan(amountFen)}`)).toBeVisible();
});

test('the policy is proposed by one and approved by another', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  await addChecker(page);
  await page.goto('/console/refund-policies');
  await page.getByRole('button', { name: '提出规则' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('单笔上限（元）').fill('500');
  await form.getByLabel('理由').fill('重复付款当天退回');
  await expectAccessible(page);
  await form.getByRole('button', { name: '提交规则' }).click();
  await expect(page.getByRole('heading', { name: '待批准的规则' })).toBeVisible();
  await expect(page.getByRole('button', { name: '批准规则' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await signInAs(page, checker);
  await page.goto('/console/refund-policies');
  await page.getByRole('button', { name: '批准规则' }).click();
  await page.getByRole('button', { name: '批准，开始执行' }).click();
  await expect(page.getByRole('button', { name: '停止规则' })).toBeVisible();
  await expectAccessible(page);
});
