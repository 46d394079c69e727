import { afterAll, beforeAll, expect, test } from 'vitest';
import { failure, startGateway, success } from '../../../../test/alipay-gateway.ts';
import vector from '../../../../test/vectors/alipay-bill.json' with { type: 'json' };
import { alipay } from './index.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
  gateway.files.set('/bill?id=1', Buffer.from(vector.zipBase64, 'base64'));
  gateway.files.set('/text', Buffer.from('下载链接已失效'));
});
afterAll(() => gateway.close());

const day = '2025-12-31';
const fetchAt = (now: string, answer: object | string, kind: 'trade' | 'fund' = 'trade') => {
  gateway.willAnswer(answer);
  const clock = { now: () => new Date(now) };
  return alipay.fetchStatement(gateway.contextOf({ clock }), { day, kind });
};
const later = '2026-01-02T00:00:00Z';
const at = (path: string) => success({ bill_download_url: `${gateway.origin}${path}` });

test('a bill is asked for by its day, downloaded and read', async () => {
  expect(await fetchAt(later, at('/bill?id=1'))).toMatchObject({
    state: 'ready',
    statement: { day, kind: 'trade', totals: { paymentFen: 1280_50 } },
  });
  expect(gateway.heard[0]?.content).toEqual({ bill_type: 'trade', bill_date: day });
  expect(await fetchAt(later, at('/text'), 'fund')).toMatchObject({ state: 'broken' });
  expect(gateway.heard[0]?.content).toEqual({ bill_type: 'signcustomer', bill_date: day });
});

test('an address that has ended, or leads elsewhere, brings nothing', async () => {
  expect(await fetchAt(later, at('/bill?id=2'))).toEqual({
    state: 'unknown',
    reason: 'status 403',
  });
  const elsewhere = ['http://127.0.0.1:1/x', 'ftp://dw.alipay.com/', 'http://alipay.com.evil/', ''];
  for (const url of elsewhere) {
    const result = await fetchAt(later, success({ bill_download_url: url }));
    expect(result).toEqual({
      state: 'unknown',
      reason: 'the answer names no address of the channel',
    });
  }
});

test('no bill by noon of the next day means that there was nothing', async () => {
  const none = failure('BILL_NOT_EXIST');
  expect(await fetchAt('2026-01-01T03:59:59Z', none)).toMatchObject({ state: 'not-ready' });
  expect(await fetchAt('2026-01-01T04:00:00Z', none)).toEqual({ state: 'none' });
  expect(await fetchAt(later, failure('isp.NO_BILL_DATA'))).toMatchObject({ state: 'unknown' });
  expect(await fetchAt(later, failure('isv.NO_BILL_DATA'))).toEqual({ state: 'none' });
  expect(await fetchAt(later, failure('INVAILID_ARGUMENTS'))).toMatchObject({ state: 'unknown' });
  expect(await fetchAt(later, 'not json')).toMatchObject({ state: 'unknown' });
});
