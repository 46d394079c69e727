import type { Merchant, Order } from './records.ts';
import { parameterRefusal, type Refusal, refusals } from './refusals.ts';

/** For whom a call acts: the merchant itself, or a partner for one of its sub-merchants. */
export type Party = { merchant: Merchant; mchid: string; spMchid?: string | undefined };

type Numbers = {
  mchid?: string | null | undefined;
  sp_mchid?: string | null | undefined;
  sub_mchid?: string | null | undefined;
};

/** Checks the merchant numbers of a call against the one that signed it. */
export function partyOf(
  merchant: Merchant,
  isPartner: boolean,
  numbers: Numbers,
  location: 'query' | 'body',
): Party {
  if (!isPartner) {
    checkNumber(merchant, numbers.mchid, `/${location}/mchid`, '直连商户号');
    return { merchant, mchid: merchant.mchid };
  }
  checkNumber(merchant, numbers.sp_mchid, `/${location}/sp_mchid`, '服务商户号');
  return subParty(merchant, numbers.sub_mchid, location);
}

/** A sub-merchant of the signer's. */
export function subParty(
  merchant: Merchant,
  subMchid: string | null | undefined,
  location: 'query' | 'body',
): Party {
  const field = `/${location}/sub_mchid`;
  if (subMchid == null) throw absent(field, '子商户号');
  if (merchant.subMerchants?.[subMchid] === undefined) throw refusals.subMerchantForeign();
  return { merchant, mchid: subMchid, spMchid: merchant.mchid };
}

/** Is the order one that this party made? */
export function isOrderOf(party: Party, order: Pick<Order, 'mchid' | 'spMchid'>): boolean {
  return order.mchid === party.mchid && order.spMchid === party.spMchid;
}

function checkNumber(
  merchant: Merchant,
  given: string | null | undefined,
  field: string,
  label: string,
): void {
  if (given === merchant.mchid) return;
  if (given == null) throw absent(field, label);
  const name = field.split('/').at(-1);
  const message = `请求中的${name}与Http头Authorization中的mchid不一致`;
  throw parameterRefusal({ field, message, value: given, no: 268447843 });
}

function absent(field: string, label: string): Refusal {
  const message = `输入源“${field}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`;
  return parameterRefusal({ field, message, no: 268447843 });
}
