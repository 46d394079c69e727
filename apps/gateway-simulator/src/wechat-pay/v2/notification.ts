import { createCipheriv, createHash } from 'node:crypto';
import { beijingTime } from '../../clock.ts';
import type { NotifyFault, Taken } from '../../faults.ts';
import { randomText } from '../crypto.ts';
import type { Deps } from '../deps.ts';
import { FOREIGN_APPID, FOREIGN_MCHID, type OutgoingNotification } from '../notification.ts';
import type { Contract } from '../payer-records.ts';
import {
  actingMerchant,
  type Merchant,
  type Notification,
  type Order,
  orderKey,
  type Refund,
} from '../records.ts';
import { receivedAccount } from '../refund-object.ts';
import type { Subject } from '../subject.ts';
import { contractOpenid, partyFields, paymentFields } from './fields.ts';
import { type Fields, readXml, signFields, writeXml } from './xml.ts';

const HUGE_CHARACTERS = 2 * 1024 * 1024;

/** An event of v2: a debit, a refund or a contract. */
export function v2Subject(deps: Deps, notification: Notification): Subject | undefined {
  const { records } = deps;
  if (notification.kind === 'v2-contract') {
    const contract = records.contracts.get(notification.contractId ?? '');
    const merchant = contract && actingMerchant(records, contract);
    if (contract === undefined || merchant === undefined) return undefined;
    const write = (fault: Taken<NotifyFault> | undefined) =>
      signed(merchant, contractFields(contract, notification), fault);
    return { url: contract.notifyUrl, write, isAcknowledged };
  }
  const order = records.orders.get(orderKey(notification.mchid, notification.outTradeNo));
  const merchant = order && actingMerchant(records, order);
  if (order === undefined || merchant === undefined) return undefined;
  if (notification.kind === 'v2-payment') {
    const write = (fault: Taken<NotifyFault> | undefined) =>
      signed(merchant, debitFields(order), fault);
    return { url: order.notifyUrl, write, isAcknowledged };
  }
  const refund = records.refunds.get(orderKey(order.mchid, notification.outRefundNo ?? ''));
  if (refund?.notifyUrl == null) return undefined;
  const write = (fault: Taken<NotifyFault> | undefined) =>
    refundMessage(merchant, { order, refund }, fault);
  return { url: refund.notifyUrl, write, isAcknowledged };
}

/** A merchant of v2 acknowledges with `<return_code>SUCCESS</return_code>`. */
function isAcknowledged(status: number, answer: string): boolean {
  return status === 200 && readXml(answer)?.return_code === 'SUCCESS';
}

function debitFields(order: Order): Fields {
  const result: Fields =
    order.payment === null
      ? {
          result_code: 'FAIL',
          err_code: order.failure?.code ?? 'BANKERROR',
          err_code_des: order.failure?.text ?? '银行系统异常',
        }
      : { result_code: 'SUCCESS', trade_state: 'SUCCESS', ...paymentFields(order, order.payment) };
  return {
    return_code: 'SUCCESS',
    ...result,
    ...partyFields(order),
    nonce_str: randomText(32),
    out_trade_no: order.outTradeNo,
    contract_id: order.contractId ?? '',
    total_fee: String(order.payment?.totalFen ?? order.totalFen),
    fee_type: 'CNY',
    ...(order.attach === null ? {} : { attach: order.attach }),
  };
}

function contractFields(contract: Contract, { change }: Notification): Fields {
  const at = change === 'DELETE' ? contract.terminatedAt : contract.signedAt;
  return {
    return_code: 'SUCCESS',
    result_code: 'SUCCESS',
    mch_id: contract.spMchid ?? contract.mchid,
    ...(contract.spMchid === undefined ? {} : { sub_mch_id: contract.mchid }),
    contract_code: contract.contractCode,
    plan_id: contract.planId,
    openid: contractOpenid(contract),
    change_type: change ?? 'ADD',
    operate_time: wallTime(at ?? 0),
    contract_id: contract.contractId,
    contract_expired_time: wallTime((contract.signedAt ?? 0) + FIFTY_YEARS_MS),
    request_serial: contract.requestSerial,
    ...(change === 'DELETE' ? { contract_termination_mode: String(contract.terminationMode) } : {}),
  };
}

/** A refund is told in a sealed part; the message itself carries no signature. */
function refundMessage(
  merchant: Merchant,
  { order, refund }: { order: Order; refund: Refund },
  fault: Taken<NotifyFault> | undefined,
): OutgoingNotification {
  const extra = fault?.fault === 'wrong-amount' ? (fault.totalFen ?? refund.refundFen + 1) : null;
  const told: Fields = {
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    total_fee: String(refund.totalFen),
    refund_fee: String(extra ?? refund.refundFen),
    settlement_refund_fee: String(extra ?? refund.refundFen),
    refund_status: refund.state === 'ABNORMAL' ? 'CHANGE' : refundCloseWord(refund),
    ...(refund.succeededAt === null ? {} : { success_time: wallTime(refund.succeededAt) }),
    refund_recv_accout: receivedAccount(order, refund),
    refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
    refund_request_source: 'API',
  };
  const sealed = sealRequestInfo(writeXml(told, 'root'), merchant.apiV2Key ?? '');
  const isTampered = TAMPERED.has(fault?.fault ?? '');
  const fields: Fields = {
    return_code: 'SUCCESS',
    ...foreignParty(partyFields(order), fault),
    nonce_str: randomText(32),
    req_info: isTampered ? `${sealed.slice(0, -6)}AAAAA=` : sealed,
  };
  return { headers: XML, body: padded(writeXml(fields), fault) };
}

function refundCloseWord(refund: Refund): string {
  return refund.state === 'CLOSED' ? 'REFUNDCLOSE' : 'SUCCESS';
}

/** AES-256-ECB with PKCS #7 under the lower-case hex MD5 of the key of v2, in base64. */
export function sealRequestInfo(text: string, apiV2Key: string): string {
  const key = createHash('md5').update(apiV2Key).digest('hex');
  const cipher = createCipheriv('aes-256-ecb', key, null);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** What v2 cannot express, such as a certificate's number, is a wrong signature here. */
const UNSIGNABLE = new Set([
  'bad-signature',
  'bad-tag',
  'tampered-ciphertext',
  'unknown-serial',
  'old-timestamp',
  'signature-probe',
]);
const TAMPERED = new Set([...UNSIGNABLE, 'body-changed']);

function signed(
  merchant: Merchant,
  fields: Fields,
  fault: Taken<NotifyFault> | undefined,
): OutgoingNotification {
  const claimed = foreignParty(fields, fault);
  if (fault?.fault === 'wrong-amount' && claimed.total_fee !== undefined) {
    claimed.total_fee = String(fault.totalFen ?? Number(claimed.total_fee) + 1);
  }
  const sign = signFields(claimed, merchant.apiV2Key ?? '', 'MD5');
  const shown = UNSIGNABLE.has(fault?.fault ?? '') ? sign.replace(/^./, turned) : sign;
  const message: Fields = { ...claimed, sign: shown };
  if (fault?.fault === 'body-changed') message.nonce_str = 'changed';
  return { headers: XML, body: padded(writeXml(message), fault) };
}

function turned(digit: string): string {
  return digit === '0' ? '1' : '0';
}

function foreignParty(fields: Fields, fault: Taken<NotifyFault> | undefined): Fields {
  if (fault?.fault === 'wrong-merchant') return { ...fields, mch_id: FOREIGN_MCHID };
  if (fault?.fault === 'wrong-appid') return { ...fields, appid: FOREIGN_APPID };
  return { ...fields };
}

function padded(body: string, fault: Taken<NotifyFault> | undefined): string {
  return fault?.fault === 'huge-body' ? body + ' '.repeat(HUGE_CHARACTERS) : body;
}

const XML = { 'content-type': 'text/xml', accept: '*/*', 'user-agent': 'Mozilla/4.0' };
const FIFTY_YEARS_MS = 50 * 365 * 86_400_000;

/** `yyyy-MM-dd HH:mm:ss` in Beijing. */
export function wallTime(atMs: number): string {
  return beijingTime(atMs).slice(0, 19).replace('T', ' ');
}
