import { describe, expect, test } from 'vitest';
import v3 from '../../../../test/vectors/wechat-v3.json' with { type: 'json' };
import { wechatContext, wechatCredentials, wechatKeys } from '../../../../test/wechat-context.ts';
import type { ChannelContext, Notice } from '../channel.ts';
import { readCertificates } from './certificates.ts';
import { secretsOf } from './credentials.ts';
import { wechatPay } from './index.ts';
import { readNotice } from './notify.ts';
import { signedXml } from './v2.ts';

const cases = v3.cases as unknown as readonly Record<string, unknown>[];

function published(kind: string): Notice {
  const item = cases.find((one) => one.kind === kind);
  const headers = Object.entries(item?.headers as Record<string, string>);
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    rawBody: Buffer.from(String(item?.body)),
  };
}

const newKeys = {
  ...wechatCredentials,
  apiV3Key: 'A'.repeat(32),
  apiV2Key: 'B'.repeat(32),
  publicKeyId: 'PUB_KEY_ID_9999',
};
const rotating = wechatContext({ credentials: newKeys, previousCredentials: wechatCredentials });
const over = wechatContext({ credentials: newKeys });

function xmlNotice(fields: Record<string, string>, key = wechatKeys.apiv2Key): Notice {
  return { headers: {}, rawBody: Buffer.from(signedXml(fields, key, 'MD5')) };
}

const contract = {
  return_code: 'SUCCESS',
  result_code: 'SUCCESS',
  mch_id: wechatKeys.mchid,
  contract_code: 'test0001',
  plan_id: '1',
  openid: 'oPayer0001',
  change_type: 'ADD',
  operate_time: '2026-01-01 08:00:00',
  contract_id: '2026000000000000000000000001',
};

const debit = {
  return_code: 'SUCCESS',
  result_code: 'SUCCESS',
  appid: wechatKeys.appid,
  mch_id: wechatKeys.mchid,
  out_trade_no: 'test0002',
  transaction_id: '4200000000000000000000000001',
  total_fee: '25470',
  trade_type: 'PAP',
  time_end: '20260101080000',
};

describe('no valid notice is lost while our keys are changed', () => {
  test('sealed with the old key: opened during the change, refused after it', async () => {
    expect(await readNotice(rotating, published('notify'))).toMatchObject({ state: 'authentic' });
    const refused = { state: 'refused', reason: 'not-decryptable' };
    expect(await readNotice(over, published('notify'))).toEqual(refused);
  });

  test('signed with the old key of the older protocol: the same', async () => {
    expect(await readNotice(rotating, xmlNotice(contract))).toMatchObject({ state: 'authentic' });
    const refused = { state: 'refused', reason: 'bad-signature' };
    expect(await readNotice(over, xmlNotice(contract))).toEqual(refused);
  });

  test('certificates that come sealed with the old key are still read', () => {
    const list = String(published('certificates-reply').rawBody);
    expect(readCertificates(list, secretsOf(rotating, 'apiV3Key'))).toHaveLength(1);
    expect(readCertificates(list, secretsOf(over, 'apiV3Key'))).toBeUndefined();
  });
});

describe('notices of the older protocol', () => {
  const context = wechatContext();

  test('the payer agreed to be debited, in Beijing’s time', async () => {
    expect(await readNotice(context, xmlNotice(contract))).toMatchObject({
      state: 'authentic',
      mandate: {
        mandateNo: 'test0001',
        channelMandateNo: contract.contract_id,
        state: 'active',
        payerOpenId: 'oPayer0001',
        at: new Date('2026-01-01T00:00:00Z'),
      },
    });
    const ended = { ...contract, change_type: 'DELETE' };
    expect(await readNotice(context, xmlNotice(ended))).toMatchObject({
      mandate: { state: 'ended' },
    });
  });

  test('a repeat has the number of the first, another change has another', async () => {
    const numberOf = async (fields: Record<string, string>) => {
      const reading = await readNotice(context, xmlNotice(fields));
      return reading.state === 'authentic' ? reading.notificationId : undefined;
    };
    const first = await numberOf({ ...contract, nonce_str: 'a' });
    expect(await numberOf({ ...contract, nonce_str: 'b' })).toBe(first);
    expect(await numberOf({ ...contract, change_type: 'DELETE' })).not.toBe(first);
    expect(first).toMatch(/^V2-[0-9a-f]{32}$/);
  });

  test('a change that we do not know is taken and does nothing', async () => {
    const reading = await readNotice(context, xmlNotice({ ...contract, change_type: 'PAUSE' }));
    expect(reading).toMatchObject({ state: 'authentic' });
    expect(reading).not.toHaveProperty('mandate');
  });

  test('a debit that was paid is money, and one that was not is looked at', async () => {
    expect(await readNotice(context, xmlNotice(debit))).toMatchObject({
      state: 'authentic',
      trade: { orderNo: 'test0002', amountFen: 254_70, paidAt: new Date('2026-01-01T00:00:00Z') },
    });
    for (const changes of [{ result_code: 'FAIL' }, { trade_state: 'PAYERROR' }]) {
      const reading = await readNotice(context, xmlNotice({ ...debit, ...changes }));
      expect(reading).toMatchObject({ state: 'authentic', lookAt: { orderNo: 'test0002' } });
      expect(reading).not.toHaveProperty('trade');
    }
  });

  test.each([
    ['an amount that is none', { total_fee: '254.70' }, 'not-readable'],
    ['no amount', { total_fee: '' }, 'not-readable'],
    ['another merchant', { mch_id: '1900000009' }, 'foreign-merchant'],
    ['no merchant', { mch_id: '' }, 'foreign-merchant'],
    ['another app', { appid: 'wx0000000000000000' }, 'foreign-app'],
    ['another sub-merchant', { sub_mch_id: '1600000009' }, 'foreign-merchant'],
  ])('one with %s is refused', async (_what, changes, reason) => {
    const notice = xmlNotice({ ...debit, ...changes });
    expect(await readNotice(context, notice)).toEqual({ state: 'refused', reason });
  });

  test('a partner’s key signs for many: each notice must name our sub-merchant', async () => {
    const account = { ...context.account, subMchId: '1600000001' };
    const served: ChannelContext = { ...context, account };
    const ours = { ...debit, sub_mch_id: '1600000001' };
    expect(await readNotice(served, xmlNotice(ours))).toMatchObject({ state: 'authentic' });
    const refused = { state: 'refused', reason: 'foreign-merchant' };
    expect(await readNotice(served, xmlNotice(debit))).toEqual(refused);
  });

  test('without a key of the older protocol nothing of it is believed', async () => {
    const keyless = wechatContext({ credentials: { ...wechatCredentials, apiV2Key: '' } });
    const refused = { state: 'refused', reason: 'bad-signature' };
    expect(await readNotice(keyless, xmlNotice(debit, ''))).toEqual(refused);
  });
});

test('each protocol is answered in its own words', () => {
  const answers = (rawBody: string) =>
    wechatPay.answersTo?.({ headers: {}, rawBody: Buffer.from(rawBody) });
  expect(answers('\uFEFF \n<xml/>')?.accepted).toEqual({
    status: 200,
    contentType: 'text/xml; charset=utf-8',
    body: '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>',
  });
  expect(answers('<xml/>')?.failed).toMatchObject({ status: 500 });
  expect(answers('{"id":"x"}')).toBe(wechatPay.noticeAnswers);
  expect(answers('')).toBe(wechatPay.noticeAnswers);
});
