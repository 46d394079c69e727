import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isSigned, type Notice, startScene, transactionIn } from '../test/merchant.ts';
import { answerFaults, notifyFaults } from './faults.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset');
  scene.receiver.clear();
});

type More = Record<string, unknown>;
const arm = (at: string, fault: string, more: More = {}) =>
  scene.control('POST', 'faults', { at, fault, ...more });
const certificate = () => String(scene.registered.platformCertificatePem);
const advance = (advanceMs: number) => scene.control('POST', 'clock', { advanceMs });
const stateOf = async (outTradeNo: string) => (await scene.query(outTradeNo)).json.trade_state;

async function payNow(outTradeNo: string) {
  const outcome = 'paid-notification-first';
  return scene.control('POST', 'wechat-pay/pay', { outTradeNo, outcome });
}

/** The first notification of an order under a fault, after the fault was armed. */
async function noticeUnder(fault: string, more: More = {}): Promise<Notice | undefined> {
  await scene.prepay('ORDER-FAULT');
  await arm('notify', fault, more);
  await payNow('ORDER-FAULT');
  return scene.receiver.notices[0];
}

// What a client sees of each fault of an answer, and whether the order exists afterwards.
const answers: Record<keyof typeof answerFaults, (name: string) => Promise<void>> = {
  'server-error': async (no) => refused(no, 500, 'SYSTEM_ERROR', false),
  unavailable: async (no) => refused(no, 503, 'SERVICE_UNAVAILABLE', false),
  'rate-limited': async (no) => refused(no, 429, 'FREQUENCY_LIMITED', false),
  'rate-limited-after': async (no) => refused(no, 429, 'FREQUENCY_LIMITED', true),
  'server-error-after': async (no) => refused(no, 500, 'SYSTEM_ERROR', true),
  'timeout-before': async (no) => brokenOff(no, false),
  'timeout-after': async (no) => brokenOff(no, true),
  'connection-lost-before': async (no) => brokenOff(no, false),
  'connection-lost-after': async (no) => brokenOff(no, true),
  unparsable: async (no) => {
    const answer = await scene.prepay(no);
    expect([answer.status, answer.json]).toEqual([200, {}]);
    expect(isSigned(answer, certificate())).toBe(true);
    expect(await stateOf(no)).toBe('NOTPAY');
  },
  unsigned: async (no) => {
    const answer = await scene.prepay(no);
    expect(answer.headers.get('wechatpay-signature')).toBeNull();
    expect(answer.json).toHaveProperty('prepay_id');
  },
  'bad-signature': badlySigned,
  'body-changed': badlySigned,
  'old-timestamp': async (no) => {
    const answer = await scene.prepay(no);
    expect(isSigned(answer, certificate())).toBe(true);
    const age = Date.now() / 1000 - Number(answer.headers.get('wechatpay-timestamp'));
    expect(age).toBeGreaterThan(590);
  },
  'unknown-serial': async (no) => {
    const answer = await scene.prepay(no);
    expect(answer.headers.get('wechatpay-serial')).toMatch(/^[0-9A-F]{40}$/);
    expect(answer.headers.get('wechatpay-serial')).not.toBe(scene.registered.platformSerialNo);
  },
  delay: async (no) => {
    const startedAt = Date.now();
    expect((await scene.prepay(no)).status).toBe(200);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(140);
  },
  'paid-before-answer': async (no) => {
    const answering = scene.prepay(no).then(() => scene.receiver.notices.length);
    expect(await answering).toBe(1); // The notification was over before the answer came.
    expect(await stateOf(no)).toBe('SUCCESS');
  },
  'paid-after-answer': async (no) => {
    expect((await scene.prepay(no)).status).toBe(200);
    await expect.poll(() => stateOf(no)).toBe('SUCCESS');
  },
};

async function refused(no: string, status: number, code: string, isTaken: boolean) {
  const answer = await scene.prepay(no);
  expect([answer.status, answer.json.code]).toEqual([status, code]);
  expect(await stateOf(no)).toBe(isTaken ? 'NOTPAY' : undefined);
}

async function brokenOff(no: string, isTaken: boolean) {
  await expect(scene.prepay(no)).rejects.toThrow('fetch failed');
  expect(await stateOf(no)).toBe(isTaken ? 'NOTPAY' : undefined);
}

async function badlySigned(no: string) {
  const answer = await scene.prepay(no);
  expect(answer.json).toHaveProperty('prepay_id');
  expect(isSigned(answer, certificate())).toBe(false);
}

test.each(Object.entries(answers))('an order under %s', async (fault, check) => {
  await arm('prepay', fault, { delayMs: 150 });
  await check(`ORDER-${fault}`.slice(0, 32));
  const { json } = await scene.control('GET', 'faults');
  expect(json.armed).toEqual([]); // It struck once.
});

test('the payer pays between our last look and the close', async () => {
  await scene.prepay('ORDER-RACE');
  await arm('close', 'paid-before-answer');
  const close = await scene.closeOrder('ORDER-RACE');
  expect([close.status, close.json.message]).toEqual([400, '该订单已支付']);
  expect(scene.receiver.notices).toHaveLength(1);
});

test('the payer pays although the close was answered', async () => {
  await scene.prepay('ORDER-LATE');
  await arm('close', 'paid-after-answer');
  expect((await scene.closeOrder('ORDER-LATE')).status).toBe(204);
  await scene.receiver.heard(1);
  expect(await stateOf('ORDER-LATE')).toBe('SUCCESS');
});

test('the payer pays right after the query said unpaid', async () => {
  await scene.prepay('ORDER-QUERY');
  await arm('query', 'paid-after-answer');
  expect(await stateOf('ORDER-QUERY')).toBe('NOTPAY');
  await scene.receiver.heard(1);
  expect(await stateOf('ORDER-QUERY')).toBe('SUCCESS');
});

test('a fault on one order leaves the others alone', async () => {
  await arm('prepay', 'server-error', { outTradeNo: 'ORDER-A', times: 2 });
  expect((await scene.prepay('ORDER-BB')).status).toBe(200);
  expect((await scene.prepay('ORDER-A1')).status).toBe(200);
  expect((await scene.prepay('ORDER-A')).status).toBe(500);
  expect((await scene.control('DELETE', 'faults')).json.armed).toEqual([]);
  expect((await scene.prepay('ORDER-A')).status).toBe(200);
});

const notices: Record<keyof typeof notifyFaults, () => Promise<void>> = {
  lost: async () => {
    await noticeUnder('lost');
    expect(scene.receiver.notices).toHaveLength(0);
    await advance(15_000);
    expect(scene.receiver.notices).toHaveLength(1);
  },
  late: async () => {
    await noticeUnder('late', { delayMs: 30_000 });
    await advance(20_000);
    expect(scene.receiver.notices).toHaveLength(0);
    await advance(10_000);
    expect(scene.receiver.notices).toHaveLength(1);
  },
  duplicate: async () => {
    await noticeUnder('duplicate', { copies: 3 });
    expect(scene.receiver.notices).toHaveLength(3);
    expect(scene.receiver.mostAtOnce()).toBe(1);
  },
  'duplicate-parallel': async () => {
    scene.receiver.answerAfter(200);
    await noticeUnder('duplicate-parallel', { copies: 20 });
    expect(scene.receiver.notices).toHaveLength(20);
    expect(scene.receiver.mostAtOnce()).toBeGreaterThan(10);
  },
  reorder: async () => {
    await noticeUnder('reorder');
    await scene.prepay('ORDER-SECOND');
    await payNow('ORDER-SECOND');
    const heard = await scene.receiver.heard(2);
    const numbers = heard.map((one) => transactionIn(one).out_trade_no);
    expect(numbers).toEqual(['ORDER-SECOND', 'ORDER-FAULT']);
  },
  'wrong-amount': async () => {
    const notice = await noticeUnder('wrong-amount');
    expect(transactionIn(notice)).toMatchObject({ amount: { total: 254_71 } });
    expect(notice && isSigned(notice, certificate())).toBe(true);
    const { json } = await scene.query('ORDER-FAULT');
    expect(json).toMatchObject({ amount: { total: 254_70 } });
  },
  'wrong-merchant': async () => {
    const notice = await noticeUnder('wrong-merchant');
    expect(transactionIn(notice).mchid).toBe('1999999999');
  },
  'wrong-appid': async () => {
    const notice = await noticeUnder('wrong-appid');
    expect(transactionIn(notice).appid).toBe('wx0000000000000000');
  },
  'tampered-ciphertext': async () => undecipherable('tampered-ciphertext'),
  'bad-tag': async () => undecipherable('bad-tag'),
  'bad-signature': async () => unverifiable('bad-signature'),
  'body-changed': async () => unverifiable('body-changed'),
  'old-timestamp': async () => {
    const notice = await noticeUnder('old-timestamp');
    expect(notice && isSigned(notice, certificate())).toBe(true);
    const age = Date.now() / 1000 - Number(notice?.headers['wechatpay-timestamp']);
    expect(age).toBeGreaterThan(590);
  },
  'unknown-serial': async () => {
    const notice = await noticeUnder('unknown-serial');
    expect(notice?.headers['wechatpay-serial']).not.toBe(scene.registered.platformSerialNo);
  },
  'signature-probe': async () => {
    scene.receiver.answerWith(401, 204);
    const probe = await noticeUnder('signature-probe');
    expect(probe?.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//);
    expect(scene.receiver.notices).toHaveLength(2);
    const [, correct] = scene.receiver.notices;
    expect(correct && isSigned(correct, certificate())).toBe(true);
  },
  'huge-body': async () => {
    const notice = await noticeUnder('huge-body');
    expect(Buffer.byteLength(notice?.body ?? '')).toBeGreaterThan(2 * 1024 * 1024);
    expect(notice && isSigned(notice, certificate())).toBe(true);
  },
};

async function undecipherable(fault: string) {
  scene.receiver.answerWith(400);
  const notice = await noticeUnder(fault);
  expect(notice && isSigned(notice, certificate())).toBe(true);
  expect(() => transactionIn(notice)).toThrow('unable to authenticate data');
  await advance(15_000); // The retry is whole.
  expect(transactionIn(scene.receiver.notices[1])).toMatchObject({ trade_state: 'SUCCESS' });
}

async function unverifiable(fault: string) {
  const notice = await noticeUnder(fault);
  expect(notice && isSigned(notice, certificate())).toBe(false);
  expect(transactionIn(notice)).toMatchObject({ trade_state: 'SUCCESS' });
}

test.each(Object.entries(notices))('a notification under %s', (_, check) => check());

test('every fault can be armed where it belongs, and nowhere else', async () => {
  expect(Object.keys(answers)).toEqual(Object.keys(answerFaults));
  expect(Object.keys(notices)).toEqual(Object.keys(notifyFaults));
  const wrong = await arm('prepay', 'huge-body');
  expect([wrong.status, wrong.json.field]).toEqual([400, 'fault']);
});

test('the same seed strikes the same calls', async () => {
  const run = async (seed: number) => {
    await scene.control('POST', 'reset');
    await scene.control('POST', 'faults', { seed, ratePercent: 40, places: ['prepay'] });
    const numbers = Array.from({ length: 12 }, (_, index) => `ORDER-SEED-${index}`);
    for (const no of numbers) await scene.prepay(no).catch(() => undefined);
    const { json } = await scene.control('GET', 'requests');
    const exchanges = json.requests as { path: string; fault: string | null }[];
    return exchanges.filter((one) => one.path.includes('jsapi')).map((one) => one.fault);
  };
  const first = await run(7);
  expect(await run(7)).toEqual(first);
  expect(first).toContain(null);
  expect(new Set(first).size).toBeGreaterThan(2);
  expect(await run(8)).not.toEqual(first);
});

test('the log shows both directions and hides secrets', async () => {
  await scene.prepay('ORDER-LOG');
  await payNow('ORDER-LOG');
  const { json } = await scene.control('GET', 'requests?outTradeNo=ORDER-LOG');
  expect(json.requests).toMatchObject([
    { direction: 'in', status: 200, signature: 'ok', path: '/v3/pay/transactions/jsapi' },
    { direction: 'out', status: 204, signature: scene.registered.platformSerialNo },
  ]);
  const all = await scene.control('GET', 'requests');
  expect(all.text).toContain('secret=***');
  expect(all.text).not.toContain('app-secret-of-the-merchant');
});
