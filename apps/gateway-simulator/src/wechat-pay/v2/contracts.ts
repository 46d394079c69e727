import { randomText } from '../crypto.ts';
import type { PayDeps } from '../pay.ts';
import type { Contract } from '../payer-records.ts';
import type { Merchant } from '../records.ts';
import type { SimulatedUser } from '../users.ts';
import { type Fields, isEqual, signFields, signTypeOf } from './xml.ts';

/** What a signing link asks for, or why it is refused. */
export type EntrustLink = { contract: Contract; merchant: Merchant } | { refused: string };

/** A page in WeChat, a page in a browser, WeChat's own mini-program (which knows no version). */
export type EntrustProduct = 'wechat' | 'h5' | 'mini-program';

const REQUIRED = [
  'appid',
  'mch_id',
  'plan_id',
  'contract_code',
  'request_serial',
  'contract_display_account',
  'notify_url',
  'timestamp',
];

/** A debit without a notice is allowed once, this soon after signing. */
const FREE_DEBIT_MS = 12 * 3600_000;

/**
 * Reads a signing link (entrustweb, h5entrustweb). A good one leaves a contract that waits for
 * the payer; opened again it is the same contract.
 */
export function openEntrustLink(
  deps: PayDeps,
  query: URLSearchParams,
  product: EntrustProduct,
): EntrustLink {
  const fields: Fields = Object.fromEntries(query);
  const required = product === 'mini-program' ? REQUIRED : [...REQUIRED, 'version'];
  const lacking = required.find((name) => !fields[name]);
  if (lacking !== undefined) return { refused: `缺少参数${lacking}` };
  const merchant = deps.records.merchants.get(fields.mch_id ?? '');
  if (merchant?.apiV2Key === undefined) return { refused: 'mch_id参数错误' };
  const { apiV2Key } = merchant;
  // The H5 product signs with HMAC-SHA256 without saying so in a field.
  const isSigned =
    product === 'h5'
      ? isEqual(signFields(fields, apiV2Key, 'HMAC-SHA256'), fields.sign ?? '')
      : signTypeOf(fields, apiV2Key) !== undefined;
  if (!isSigned) return { refused: '签名错误' };
  if (!Object.hasOwn(merchant.apps, fields.appid ?? '')) return { refused: 'appid和mch_id不匹配' };
  if (merchant.planIds !== undefined && !merchant.planIds.includes(fields.plan_id ?? '')) {
    return { refused: '协议模板plan_id不存在或未审核通过' };
  }
  const subMchid = fields.sub_mch_id || undefined;
  if (subMchid !== undefined && merchant.subMerchants?.[subMchid] === undefined) {
    return { refused: '子商户号未授权给当前服务商' };
  }
  const contract = knownContract(deps, merchant, fields) ?? newContract(merchant, fields);
  if (contract.state === 'terminated') return { refused: '该协议号已解约，请使用新的协议号' };
  deps.records.contracts.set(contract.contractId, contract);
  return { contract, merchant };
}

/** The payer agrees or walks away. */
export async function signContract(
  deps: PayDeps,
  contract: Contract,
  user: SimulatedUser,
): Promise<Contract> {
  if (contract.state !== 'signing') return contract;
  const signedAt = deps.clock.now();
  const freeDebitUntil = deps.clock.scheduleNow() + FREE_DEBIT_MS;
  const signed: Contract = {
    ...contract,
    state: 'signed',
    user: user.no,
    signedAt,
    freeDebitUntil,
  };
  deps.records.contracts.set(contract.contractId, signed);
  await deps.notifier.announceContract(signed, 'ADD');
  return signed;
}

/** Ends a contract. `mode` 2: by the payer; 3: by the merchant's call. */
export function endContract(
  deps: PayDeps,
  contract: Contract,
  { mode, remark }: { mode: number; remark: string },
): Contract {
  const ended: Contract = {
    ...contract,
    state: 'terminated',
    terminatedAt: deps.clock.now(),
    terminationMode: mode,
    terminationRemark: remark,
  };
  deps.records.contracts.set(contract.contractId, ended);
  deps.notifier.announceContract(ended, 'DELETE').catch((error: unknown) => {
    console.error('gateway-simulator: not notified', error);
  });
  return ended;
}

function knownContract(deps: PayDeps, merchant: Merchant, fields: Fields): Contract | undefined {
  const mchid = fields.sub_mch_id || merchant.mchid;
  return deps.records.contracts.find(
    (one) =>
      one.mchid === mchid &&
      one.planId === fields.plan_id &&
      one.contractCode === fields.contract_code,
  );
}

function newContract(merchant: Merchant, fields: Fields): Contract {
  const subMchid = fields.sub_mch_id || undefined;
  return {
    contractId: `2026${randomText(28, '0123456789')}`,
    mchid: subMchid ?? merchant.mchid,
    spMchid: subMchid === undefined ? undefined : merchant.mchid,
    appid: fields.appid ?? '',
    subAppid: fields.sub_appid || undefined,
    planId: fields.plan_id ?? '',
    contractCode: fields.contract_code ?? '',
    requestSerial: fields.request_serial ?? '',
    displayAccount: fields.contract_display_account ?? '',
    notifyUrl: fields.notify_url ?? '',
    outerid: fields.outerid || undefined,
    state: 'signing',
    user: null,
    signedAt: null,
    freeDebitUntil: null,
    terminatedAt: null,
    terminationMode: 0,
    terminationRemark: '',
    debits: 0,
    notice: null,
    debitsAre: 'paid',
  };
}
