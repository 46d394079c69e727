import { Refusal } from './resp-codes.ts';
import type { Fields } from './signature.ts';
import { readDigits } from './time.ts';

export type Rule = { label: string; form: RegExp; isOptional?: true };

const BACK_URL: Rule = { label: '后台通知地址', form: /^https?:\/\/\S{1,248}$/ };
const FRONT_URL: Rule = { label: '前台通知地址', form: /^https?:\/\/\S{1,248}$/ };

/** A request is about now: further off, its maker's clock is wrong or its zone is not Beijing. */
const CLOCK_SKEW_MS = 3_600_000;

/** Fields that every request carries. */
const common: Record<string, Rule> = {
  version: { label: '版本号', form: /^5\.1\.0$/ },
  encoding: { label: '编码方式', form: /^utf-8$/i },
  signMethod: { label: '签名方法', form: /^(01|11)$/ },
  signature: { label: '签名', form: /^\S+$/ },
  txnType: { label: '交易类型', form: /^\d\d$/ },
  txnSubType: { label: '交易子类', form: /^\d\d$/ },
  bizType: { label: '产品类型', form: /^\d{6}$/ },
  accessType: { label: '接入类型', form: /^[012]$/ },
  merId: { label: '商户代码', form: /^[0-9A-Za-z]{15}$/ },
  txnTime: { label: '订单发送时间', form: /^\d{14}$/ },
};

/** Fields of every message that names a transaction. */
const identity: Record<string, Rule> = {
  orderId: { label: '商户订单号', form: /^[0-9A-Za-z]{8,40}$/ },
};

const transaction: Record<string, Rule> = {
  ...identity,
  channelType: { label: '渠道类型', form: /^(05|07|08|16)$/ },
  txnAmt: { label: '交易金额', form: /^0*[1-9]\d{0,11}$/ },
  backUrl: BACK_URL,
  reqReserved: {
    label: '请求方保留域',
    form: /^[^&={}[\]"']{1,1024}$/,
    isOptional: true,
  },
};

const consume: Record<string, Rule> = {
  ...transaction,
  currencyCode: { label: '交易币种', form: /^156$/ },
  payTimeout: { label: '支付超时时间', form: /^\d{14}$/, isOptional: true },
  orderDesc: { label: '订单描述', form: /^.{1,32}$/su, isOptional: true },
  frontFailUrl: { ...FRONT_URL, isOptional: true },
};

const bankCard: Record<string, Rule> = {
  bizType: { label: '产品类型', form: /^000201$/ },
  channelType: { label: '渠道类型', form: /^(07|08)$/ },
};
const byQr: Record<string, Rule> = {
  bizType: { label: '产品类型', form: /^000000$/ },
  channelType: { label: '渠道类型', form: /^08$/ },
};

export const rules = {
  common,
  identity,
  front: { ...consume, ...bankCard, frontUrl: FRONT_URL },
  app: { ...consume, ...bankCard, channelType: byQr.channelType as Rule },
  order: { ...consume, ...bankCard, frontUrl: FRONT_URL },
  qr: { ...consume, ...byQr },
  code: {
    ...consume,
    ...byQr,
    qrNo: { label: '付款码', form: /^\d{1,20}$/ },
    termId: { label: '终端号', form: /^[0-9A-Za-z]{8}$/ },
  },
  reversal: {
    ...transaction,
    origQryId: { label: '原交易查询流水号', form: /^\d{21}$/ },
    currencyCode: { label: '交易币种', form: /^156$/, isOptional: true },
  },
  file: {
    settleDate: { label: '清算日期', form: /^\d{4}$/ },
    fileType: { label: '文件类型', form: /^00$/ },
  },
  certificate: {
    ...identity,
    certType: { label: '证书类型', form: /^01$/ },
  },
} satisfies Record<string, Record<string, Rule>>;

/** Throws a Refusal that names the field: 13 when it is missing, 10 when its form is wrong. */
export function checkFields(fields: Fields, wanted: Record<string, Rule>): void {
  for (const [name, rule] of Object.entries(wanted)) {
    const value = fields[name] ?? '';
    if (value === '' && rule.isOptional) continue;
    if (value === '') throw new Refusal('13', `缺少 ${name}（${rule.label}）`);
    if (!rule.form.test(value)) throw new Refusal('10', `${name}（${rule.label}）不符合要求`);
  }
}

/** A new transaction is dated now, in Beijing. */
export function checkIsRecent(txnTime: string, nowMs: number): void {
  const atMs = readDigits(txnTime);
  if (atMs === undefined) throw new Refusal('10', 'txnTime 不是存在的时间');
  if (Math.abs(atMs - nowMs) <= CLOCK_SKEW_MS) return;
  throw new Refusal('39', 'txnTime 与北京时间相差超过 1 小时');
}
