import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  mchId,
  md5Key,
  order,
  paid,
  ref,
  type Said,
  signedXml,
  startQrGateway,
} from '../../../../test/union-pay-qr-gateway.ts';
import type { ChannelContext } from '../channel.ts';
import { writeFlatXml } from '../flat-xml.ts';
import { unionPayQr } from './index.ts';

let gateway: Awaited<ReturnType<typeof startQrGateway>>;
beforeAll(async () => {
  gateway = await startQrGateway();
});
afterAll(() => gateway.close());

describe('only answers under our key are believed', () => {
  const good = { status: '0', result_code: '0', mch_id: mchId, ...paid, trade_state: 'SUCCESS' };
  const ask = async (said: Said, changes: Partial<ChannelContext> = {}) => {
    gateway.answer(said);
    return await unionPayQr.queryTrade(gateway.context(changes), ref);
  };

  const doubtful: readonly (readonly [string, Said])[] = [
    ['unsigned', { raw: writeFlatXml(good) }],
    ['signed with another key', { raw: signedXml(good, 'another key') }],
    ['signed with no key', { raw: signedXml(good, '') }],
    ['changed after signing', { raw: signedXml(good).replace('25470', '00001') }],
    ['to another merchant', { ...paid, trade_state: 'SUCCESS', mch_id: 'QRA999' }],
    ['about another order', { ...paid, trade_state: 'SUCCESS', out_trade_no: 'OTHER' }],
    ['about no order', { trade_state: 'SUCCESS', transaction_id: '1', total_fee: '25470' }],
    ['with a declaration', { raw: `<!DOCTYPE xml>${signedXml(good)}` }],
    [
      'with an own entity',
      { raw: '<!DOCTYPE a [<!ENTITY b "c">]><xml><status>&b;</status></xml>' },
    ],
    ['with nesting', { raw: '<xml><status><a>0</a></status></xml>' }],
    ['with a name twice', { raw: '<xml><status>1</status><status>0</status></xml>' }],
    ['of another kind', { raw: '<html></html>' }],
    ['cut short', { raw: signedXml(good).slice(0, -3) }],
    ['of an error page', { raw: 'busy', status: 503 }],
    ['without amount', { ...paid, total_fee: '0', trade_state: 'SUCCESS' }],
    ['in an unknown state', { ...paid, trade_state: 'FROZEN' }],
    ['of an unknown failure', { result_code: '1', err_code: 'SYSTEMERROR' }],
  ];

  test.each(doubtful)('%s', async (_name, said) => {
    expect(await ask(said)).toMatchObject({ state: 'unknown' });
  });

  test('or under the key of before, while a rotation lasts', async () => {
    const credentials = { md5Key: 'a new key, not known there yet' };
    expect(await ask({ raw: signedXml(good) }, { credentials })).toMatchObject({
      state: 'unknown',
    });
    const rotating = { credentials, previousCredentials: { md5Key } };
    expect(await ask({ raw: signedXml(good) }, rotating)).toMatchObject({ state: 'paid' });
  });

  test.each([
    ['SUCCESS', 'paid'],
    ['REFUND', 'paid'],
    ['NOTPAY', 'pending'],
    ['USERPAYING', 'pending'],
    ['PAYERROR', 'pending'],
    ['CLOSED', 'closed'],
    ['REVOKED', 'closed'],
    ['REVERSE', 'closed'],
  ])('%s is %s', async (tradeState, state) => {
    expect(await ask({ ...paid, trade_state: tradeState })).toMatchObject({ state });
  });

  test('an order that the gateway does not know is not found', async () => {
    expect(await ask({ result_code: '1', err_code: 'ORDERNOTEXIST' })).toEqual({
      state: 'not-found',
    });
  });

  test('a test of the account tells a wrong key from a good one', async () => {
    const tested = async (said: Said) => {
      gateway.answer(said);
      return await unionPayQr.test(gateway.context());
    };
    const unknownOrder = { result_code: '1', err_code: 'ORDERNOTEXIST' };
    expect(await tested(unknownOrder)).toEqual({ ok: true, code: 'OK' });
    expect(await tested({ result_code: '1', err_code: 'NOAUTH' })).toMatchObject({ ok: false });
    expect(await tested({ raw: signedXml(good, 'another key') })).toEqual({
      ok: false,
      code: 'NOT_VERIFIED',
    });
    expect(await tested({ raw: writeFlatXml({ status: '400' }) })).toMatchObject({ code: '400' });
    expect(await tested({ raw: '' })).toMatchObject({ code: 'NO_CLEAR_ANSWER' });
  });

  test('a key that is none is named', () => {
    const check = (key: string) => unionPayQr.checkCredentials({ md5Key: key }, 'secret-key');
    expect(check(md5Key)).toEqual([]);
    expect(check('')).toHaveLength(1);
    expect(check(` ${md5Key}`)).toHaveLength(1);
  });
});

describe('a notice', () => {
  const read = (body: string, changes: Partial<ChannelContext> = {}) =>
    unionPayQr.readNotice(gateway.context(changes), { headers: {}, rawBody: Buffer.from(body) });
  const success = { status: '0', result_code: '0', mch_id: mchId, ...paid };

  test('of a payment is enough by itself when it says so in full', async () => {
    const first = await read(signedXml(success));
    expect(first).toMatchObject({
      state: 'authentic',
      eventType: 'trade',
      trade: {
        orderNo: order.orderNo,
        tradeNo: paid.transaction_id,
        amountFen: 254_70,
        paidAt: new Date('2026-12-01T02:01:30Z'),
      },
    });
    expect(await read(signedXml(success))).toEqual(first);
    for (const other of [{ pay_result: '1' }, { result_code: '1' }, { total_fee: '' }]) {
      expect(await read(signedXml({ ...success, ...other }))).toMatchObject({
        state: 'authentic',
        lookAt: { orderNo: order.orderNo },
      });
    }
  });

  test('of a refund is booked when it says so in full, else looked up', async () => {
    const refunded = {
      ...success,
      out_refund_no: 'R1',
      refund_id: 'QR1',
      refund_fee: '10000',
      refund_status: 'SUCCESS',
      refund_time: '20261202100500',
    };
    expect(await read(signedXml(refunded))).toMatchObject({
      eventType: 'refund',
      refund: { orderNo: order.orderNo, refundNo: 'R1', amountFen: 100_00 },
    });
    expect(await read(signedXml({ ...refunded, refund_status: 'CHANGE' }))).toMatchObject({
      lookAt: { orderNo: order.orderNo, refundNo: 'R1' },
    });
  });

  test.each([
    ['not-readable', 'hello'],
    ['not-readable', '<xml><status>0</status>'],
    ['not-readable', signedXml({ ...success, out_trade_no: '' })],
    ['header-missing', writeFlatXml(success)],
    ['bad-signature', signedXml(success, 'another key')],
    ['bad-signature', signedXml(success).replace('25470', '1')],
    ['foreign-merchant', signedXml({ ...success, mch_id: 'QRA999' })],
  ])('is refused as %s', async (reason, body) => {
    expect(await read(body)).toEqual({ state: 'refused', reason });
  });

  test('under the key of before counts while a rotation lasts', async () => {
    const credentials = { md5Key: 'a new key, not known there yet' };
    expect(await read(signedXml(success), { credentials })).toMatchObject({ state: 'refused' });
    const rotating = { credentials, previousCredentials: { md5Key } };
    expect(await read(signedXml(success), rotating)).toMatchObject({ state: 'authentic' });
  });
});
