import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CashierWorld, cashierWorld } from '../../../test/cashier-builders.ts';
import { givenColleague } from '../../../test/feedback-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { issueReceipt } from '../invoicing/index.ts';
import { defaultSettings } from './domain/settings.ts';
import { addFeedbackRoutes } from './index.ts';
import { builtInId } from './queries/categories.ts';
import { surveyResults } from './queries/survey.ts';
import { ticketDetail } from './queries/ticket-detail.ts';
import { listTickets } from './queries/tickets.ts';
import { changeSettings } from './use-cases/edit-settings.ts';

let system: TestSystem;
let cashier: CashierWorld;
let companyId: string;
let payers = 0;
beforeAll(async () => {
  system = await givenSystem();
  cashier = await cashierWorld(system);
  addFeedbackRoutes(cashier.app, system.deps, cashier.doors);
  ({ companyId } = cashier.world);
});
afterAll(async () => {
  await cashier.close();
  await system.close();
});
beforeEach(async () => {
  system.clock.advance(601_000);
  await asked(100);
});

/** Of a hundred payments, how many are asked about. */
async function asked(satisfactionPercent: number) {
  const actor = await givenColleague(system, companyId, '经理老王');
  await changeSettings(system.deps, { actor, ...defaultSettings, satisfactionPercent });
}

/** Somebody who has just paid by the code at the door. */
async function paid(browser?: Awaited<ReturnType<typeof newPayer>>) {
  const home = await cashier.home(254_70, 1_00);
  const payer = browser ?? (await newPayer(home.roomCode));
  const billIds = home.billIds.slice(0, 1);
  const answer = await payer.post(`/q/${home.roomCode}/pay`, { billIds });
  const { paymentId } = answer.json<{ paymentId: string }>();
  await cashier.collect();
  return { payer, home, paymentId, path: `/q/${home.roomCode}/payments/${paymentId}` };
}

async function newPayer(roomCode: string) {
  payers += 1;
  const browser = cashier.browser();
  await browser.logIn(roomCode, `code-receipt-${payers}`);
  return browser;
}

const results = async () => {
  const month = { from: '2026-11-01', to: '2026-11-01' };
  return await surveyResults(system.deps, { companyId, ...month });
};

describe('on the receipt', () => {
  test('one tap says how paying went, and then there is room for words', async () => {
    const { payer, path } = await paid();
    const before = (await results()).items[0]?.answered ?? 0;
    expect((await payer.get(`${path}/receipt`)).body).toContain('这次缴费顺利吗？');
    const tapped = await payer.send(`${path}/survey`, { score: '4' });
    expect([tapped.statusCode, tapped.headers.location]).toEqual([303, `${path}/receipt`]);
    expect((await payer.get(`${path}/receipt`)).body).toContain('还想说点什么？');
    await payer.send(`${path}/survey`, { text: '比以前快多了' });
    await payer.send(`${path}/survey`, { score: '1', text: '改主意了' });
    const { body } = await payer.get(`${path}/receipt`);
    expect(body).not.toMatch(/还想说点什么|这次缴费顺利吗/);
    const { items, comments } = await results();
    expect(items[0]?.answered).toBe(before + 1);
    expect(comments[0]).toMatchObject({ score: 4, text: '比以前快多了' });
  });

  test('who does not want to say is not asked again, and not for the next payment', async () => {
    const { payer, path } = await paid();
    await payer.get(`${path}/receipt`);
    await payer.send(`${path}/survey`, { score: '0' });
    expect((await payer.get(`${path}/receipt`)).body).not.toMatch(/顺利吗|说点什么/);
    const next = await paid(payer);
    expect((await payer.get(`${next.path}/receipt`)).body).not.toContain('这次缴费顺利吗');
  });

  test('nobody answers for somebody else, and nobody who was not asked', async () => {
    const { payer, path, home } = await paid();
    await payer.get(`${path}/receipt`);
    const before = (await results()).items[0]?.answered;
    const stranger = await newPayer(home.roomCode);
    await stranger.send(`${path}/survey`, { score: '1' });
    await asked(0);
    const other = await paid();
    const answer = await other.payer.send(`${other.path}/survey`, { score: '1' });
    expect(answer.statusCode).toBe(404);
    expect((await results()).items[0]?.answered).toBe(before);
  });

  test('in large type nobody is asked', async () => {
    const { payer, path } = await paid();
    payer.cookies.set('size', 'large');
    expect((await payer.get(`${path}/receipt`)).body).not.toContain('这次缴费顺利吗');
  });

  test('a question about the payment names it by itself', async () => {
    const { payer, path, home, paymentId } = await paid();
    const { body } = await payer.get(`${path}/receipt`);
    const link = `/q/${home.roomCode}/ask?payment=${paymentId}`;
    expect(body).toContain(`href="${link}"`);
    expect((await payer.get(link)).body).toContain('本次支付的单号会一并提交');
    const sent = await payer.send(`/q/${home.roomCode}/ask`, {
      key: '10000000-0000-4000-8000-000000000001',
      category: builtInId(companyId, 'payment'),
      text: '重复扣款了',
      payment: paymentId,
    });
    expect(sent.statusCode).toBe(303);
    expect(await contextOf(home.label)).toMatchObject({ source: 'scan', paymentId });
  });
});

test('whoever holds a receipt can ask about its payment from the page that checks it', async () => {
  const { home, paymentId } = await paid();
  const { checkCode } = await system.deps.db.transaction(companyId, (tx) =>
    issueReceipt(tx, system.deps, { paymentId, by: { kind: 'staff', id: '1' } }),
  );
  const browser = cashier.browser();
  const path = `/v/${checkCode.toLowerCase()}`;
  expect((await browser.get(path)).body).toContain(`href="${path}/ask"`);
  expect((await browser.get(`${path}/ask`)).body).toContain(home.label);
  const sent = await browser.send(`${path}/ask`, {
    key: '10000000-0000-4000-8000-000000000002',
    category: builtInId(companyId, 'payment'),
    text: '收据抬头不对',
    phone: '13811112222',
  });
  expect(sent.statusCode).toBe(303);
  expect(await contextOf(home.label)).toMatchObject({ source: 'receipt', paymentId });
  expect((await browser.get(`/v/${checkCode.replace(/.$/, '!')}/ask`)).statusCode).toBe(404);
});

async function contextOf(unitLabel: string) {
  const { items } = await listTickets(system.deps, { companyId, readerId: '' });
  const ticket = items.find((each) => each.unitLabel === unitLabel);
  const { context, source } = await ticketDetail(system.deps, {
    ...{ companyId, permissions: new Set<string>(), ticketId: ticket?.id ?? '' },
  });
  return { source, paymentId: context.find(({ paymentId }) => paymentId)?.paymentId };
}
