import type {
  LivePayment,
  PaymentDetail,
  PaymentView,
  SuspenseDetail,
  SuspenseView,
  Today,
} from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenSystem } from '../../../test/harness.ts';
import { type PaymentWorld, payer, paymentWorld } from '../../../test/payment-builders.ts';
import { stepsIn } from '../../../test/payment-steps.ts';
import { createApp } from '../../platform/http/index.ts';
import { addPaymentRoutes, startPayment } from './index.ts';

const system = await givenSystem();
let world: PaymentWorld;
let app: FastifyInstance;
let origin: string;
const { quiet, started, confirm, sweepAfter } = stepsIn(() => world);

beforeEach(async () => {
  world = await paymentWorld(system);
  app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => world.staff,
  });
  addPaymentRoutes(app, world.deps, {
    companyByShortCode: async (_deps, shortCode) =>
      shortCode === world.shortCode ? { companyId: world.companyId } : undefined,
  });
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => system.close());
beforeAll(() => () => app.close());

async function get<Answer>(url: string): Promise<Answer> {
  const answer = await app.inject({ method: 'GET', url });
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
  return answer.json<Answer>();
}

interface List<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

describe('the list of payments', () => {
  test('shows the newest first, page by page, each once', async () => {
    for (let count = 0; count < 5; count += 1) {
      await started(100 + count);
      system.clock.advance(10);
    }
    const first = await get<List<PaymentView>>('/api/payments?limit=3');
    const rest = await get<List<PaymentView>>(`/api/payments?limit=3&after=${first.next}`);
    const amounts = [...first.items, ...rest.items].map(({ amountFen }) => amountFen);
    expect(amounts).toEqual([104, 103, 102, 101, 100]);
    expect(rest.next).toBeNull();
  });

  test('finds a payment by order number, by trade number and by its days', async () => {
    const { orderNo, paymentId, unit } = await started(120_00);
    const trade = world.channel.pay(orderNo);
    await confirm(trade);
    await started(1);
    const found = async (query: string) =>
      (await get<List<PaymentView>>(`/api/payments?${query}`)).items.map(({ id }) => id);
    expect(await found(`search=${orderNo}`)).toEqual([paymentId]);
    expect(await found('search=nothing-like-it')).toEqual([]);
    expect(await found(`unitId=${unit.unitId}&state=paid`)).toEqual([paymentId]);
    expect(await found(`communityId=${unit.communityId}&channel=cash`)).toEqual([]);
    const day = system.clock.now().toISOString().slice(0, 10);
    expect(await found(`from=${day}&to=${day}&state=paid`)).toEqual([paymentId]);
    expect(await found('to=2020-01-01')).toEqual([]);
  });

  test('leaves as a file that Excel reads', async () => {
    const { orderNo } = await started(254_70);
    await confirm(world.channel.pay(orderNo));
    const file = await app.inject({ method: 'GET', url: '/api/payments.csv' });
    expect(file.body.startsWith('\uFEFF小区,房屋,状态')).toBe(true);
    expect(file.body).toContain('254.70');
    expect(file.body).toContain(orderNo);
  });
});

describe('one payment', () => {
  test('tells its whole story: attempts, proofs without the payer’s id, postings', async () => {
    const { orderNo, paymentId } = await started(120_00, 80_00);
    const trade = world.channel.pay(orderNo);
    const raw = JSON.stringify({ payer: { openid: 'oSecretPayer12345' }, total: 200_00 });
    await confirm({ ...trade, raw });
    const detail = await get<PaymentDetail>(`/api/payments/${paymentId}`);
    expect(detail).toMatchObject({
      state: 'paid',
      settledFen: 200_00,
      tradeNo: trade.tradeNo,
      attempts: [{ orderNo, state: 'paid', nextCheckAt: null }],
      proofs: [{ source: 'notification', outcome: 'settled', amountFen: 200_00 }],
      postings: [{ kind: 'payment.collect', amountFen: 200_00 }],
      cases: [],
      allowedActions: [
        { action: 'check', allowed: false },
        { action: 'refund', allowed: true },
      ],
    });
    expect(detail.lines.map(({ settledFen }) => settledFen)).toEqual([120_00, 80_00]);
    expect(JSON.stringify(detail)).not.toContain('oSecretPayer12345');
    const story = detail.timeline.map(({ text }) => text.zh);
    expect(story[0]).toBe('开始支付，账单已锁定');
    expect(story).toContain('收到渠道的支付通知');
    expect(story).toContain('已付清，账单已销账');
    await quiet();
  });

  test('can be asked about at the channel at once', async () => {
    const { orderNo, paymentId } = await started(120_00);
    world.channel.pay(orderNo);
    const answer = await app.inject({ method: 'POST', url: `/api/payments/${paymentId}/check` });
    expect(answer.json<PaymentDetail>()).toMatchObject({ state: 'paid' });
    await quiet();
  });

  test('of another company is not found', async () => {
    const { paymentId } = await started(120_00);
    const other = await paymentWorld(system);
    const mine = world;
    world = other;
    for (const [method, url] of [
      ['GET', `/api/payments/${paymentId}`],
      ['POST', `/api/payments/${paymentId}/check`],
      ['GET', `/api/suspense/${paymentId}`],
    ] as const) {
      expect((await app.inject({ method, url })).statusCode).toBe(404);
    }
    world = mine;
  });
});

test('the desk takes cash: the answer, the payment and its evidence', async () => {
  const unit = await world.bills(70_00, 30_00);
  const payload = {
    unitId: unit.unitId,
    billIds: unit.bills.map(({ id }) => id),
    method: 'cash',
    amountFen: 100_00,
    idempotencyKey: 'drawer-0001',
  };
  const take = () => app.inject({ method: 'POST', url: '/api/payments/desk', payload });
  const first = await take();
  expect(first.statusCode).toBe(201);
  expect((await take()).json()).toEqual(first.json());
  const { paymentId } = first.json<{ paymentId: string }>();
  expect(await get<PaymentDetail>(`/api/payments/${paymentId}`)).toMatchObject({
    channel: 'cash',
    state: 'paid',
    proofs: [{ source: 'desk', outcome: 'settled' }],
  });
  const wrong = { ...payload, amountFen: 1, idempotencyKey: 'drawer-0002' };
  const refused = await app.inject({
    method: 'POST',
    url: '/api/payments/desk',
    payload: wrong,
  });
  expect(refused.statusCode).toBe(409);
  await quiet();
});

test('a case tells what happened and what to do', async () => {
  const { orderNo } = await started(120_00);
  await sweepAfter(301);
  await confirm(world.channel.pay(orderNo));
  const { items } = await get<List<SuspenseView>>('/api/suspense?state=open');
  expect(items).toMatchObject([{ reason: 'closed-payment', amountFen: 120_00, orderNo }]);
  const detail = await get<SuspenseDetail>(`/api/suspense/${items[0]?.id}`);
  expect(detail.caseNo).toMatch(/^S\d{6}-[0-9A-Z]{6}$/);
  expect(detail.advice.length).toBeGreaterThan(1);
  expect(detail).toMatchObject({
    expectedFen: 120_00,
    proofs: [{ outcome: 'surplus' }],
    postings: [{ kind: 'payment.surplus', credit: 'suspense' }],
  });
  const file = await app.inject({ method: 'GET', url: '/api/suspense.csv' });
  expect(file.body).toContain('支付关闭后才到账');
  expect(await get<List<SuspenseView>>('/api/suspense?state=resolved')).toMatchObject({
    items: [],
  });
});

test('today adds up what came in, what is open and what lies in suspense', async () => {
  const { orderNo } = await started(254_70);
  await confirm(world.channel.pay(orderNo));
  await confirm(world.channel.payUnknown(`${world.shortCode}0000000000000000000000001`, 5_00));
  await startPayment(world.deps, world.wish(await world.bills(80_00), { payer: payer('乙') }));
  expect(await get<Today>('/api/today')).toMatchObject({
    collectedFen: 254_70,
    paymentCount: 1,
    byChannel: [{ channel: 'wechat-pay', amountFen: 254_70, paymentCount: 1 }],
    openFen: 80_00,
    openPayments: 1,
    openCases: 1,
    suspenseFen: 5_00,
    newest: [{ amountFen: 254_70 }],
  });
});

test('a screen that listens hears of a payment and of a case, each once', async () => {
  const abort = new AbortController();
  const response = await fetch(`${origin}/api/live`, { signal: abort.signal });
  const heard: { event: string; data: Partial<LivePayment> & { caseId?: string } }[] = [];
  const listening = listen(response, (event, data) => heard.push({ event, data }));
  const { orderNo } = await started(254_70);
  await confirm(world.channel.pay(orderNo));
  await confirm(world.channel.payUnknown(`${world.shortCode}0000000000000000000000001`, 5_00));
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2);
  expect(heard).toContainEqual({
    event: 'payment',
    data: expect.objectContaining({ amountFen: 254_70, channel: 'wechat-pay' }),
  });
  expect(heard.some(({ event }) => event === 'case')).toBe(true);
  abort.abort();
  await listening;
});

/** Reads server-sent events until the connection ends. */
async function listen(
  response: Response,
  tell: (event: string, data: Partial<LivePayment>) => void,
): Promise<void> {
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = /^event: (.+)$/m.exec(block)?.[1];
        const data = /^data: (.+)$/m.exec(block)?.[1];
        if (event && data) tell(event, JSON.parse(data) as Partial<LivePayment>);
      }
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
  }
}
