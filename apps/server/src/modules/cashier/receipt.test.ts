import { afterAll, expect, test } from 'vitest';
import { cashierWorld } from '../../../test/cashier-builders.ts';
import { givenSystem } from '../../../test/harness.ts';
import { issueReceipt } from '../invoicing/index.ts';

const system = await givenSystem();
const cashier = await cashierWorld(system);
afterAll(async () => {
  await cashier.close();
  await system.close();
});

/** The receipt of the payment that a path names. */
async function receiptIn(path: string) {
  const paymentId = path.split('/').at(-1) ?? '';
  const { companyId } = cashier.world;
  return await system.deps.db.transaction(companyId, (tx) =>
    issueReceipt(tx, system.deps, { paymentId, by: { kind: 'staff', id: '1' } }),
  );
}

async function paidHome(name: string) {
  // One bill stays open, so that others find something to pay behind the code.
  const home = await cashier.home(254_70, 1_00);
  const browser = cashier.browser();
  await browser.logIn(home.roomCode, `code-${name}`);
  const pay = await browser.post(`/q/${home.roomCode}/pay`, { billIds: home.billIds.slice(0, 1) });
  const { paymentId } = pay.json<{ paymentId: string }>();
  await cashier.collect();
  return { home, browser, path: `/q/${home.roomCode}/payments/${paymentId}` };
}

test('who paid by the door code keeps the receipt as PDF or picture; others get none', async () => {
  const { browser, path } = await paidHome('keeper');
  expect((await browser.get(`${path}/receipt`)).body).toContain(`${path}/receipt.pdf`);
  const pdf = await browser.get(`${path}/receipt.pdf`);
  expect(pdf.headers['content-type']).toBe('application/pdf');
  expect((await browser.get(`${path}/receipt.png`)).headers['content-type']).toBe('image/png');
  const stranger = cashier.browser();
  await stranger.logIn(path.split('/')[2] ?? '', 'code-stranger');
  expect((await stranger.get(`${path}/receipt.pdf`)).statusCode).toBe(404);
});

test('the code on a receipt leads to what it says; a made-up one to a sentence', async () => {
  const { browser, home, path } = await paidHome('holder');
  await browser.get(`${path}/receipt.pdf`);
  const { checkCode } = await receiptIn(path);
  const shown = await cashier.browser().get(`/v/${checkCode.toUpperCase()}`);
  expect(shown.statusCode).toBe(200);
  for (const text of ['✓ 这是一张真实的收据', '¥254.70', home.label]) {
    expect(shown.body).toContain(text);
  }
  const wrong = await cashier.browser().get(`/v/${checkCode.replace(/.$/, '!')}`);
  expect([wrong.statusCode, wrong.body.includes('没有找到这张收据')]).toEqual([404, true]);
});
