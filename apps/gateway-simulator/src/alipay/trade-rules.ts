import { fenOf } from './money.ts';
import { badParameter } from './refusals.ts';
import { DAY_MS, instantOf } from './time.ts';

export type Biz = Record<string, unknown>;

/** What every method that asks for money reads from `biz_content`. */
export type OrderRequest = {
  outTradeNo: string;
  totalFen: number;
  subject: string;
  body: string | null;
  passbackParams: string | null;
  storeId: string | null;
  operatorId: string | null;
  terminalId: string | null;
  lifeMs: number | null;
  /** ms since 1970 */
  expireAt: number | null;
};

const MINUTE_MS = 60_000;
const UNITS: Record<string, number> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS };
const LONGEST_MS = 15 * DAY_MS;

export function readOrder(biz: Biz, nowMs: number): OrderRequest {
  const outTradeNo = requiredText(biz, 'out_trade_no', 64);
  if (!/^\w+$/.test(outTradeNo)) throw badParameter('out_trade_no 只能有字母、数字和下划线');
  const totalFen = fenOf(biz.total_amount);
  if (totalFen === undefined) throw badParameter('total_amount 须为 0.01 到 100000000 的元数');
  return {
    outTradeNo,
    totalFen,
    subject: requiredText(biz, 'subject', 256),
    body: optionalText(biz, 'body', 400),
    passbackParams: optionalText(biz, 'passback_params', 512),
    storeId: optionalText(biz, 'store_id', 32),
    operatorId: optionalText(biz, 'operator_id', 28),
    terminalId: optionalText(biz, 'terminal_id', 32),
    lifeMs: readLife(biz, 'timeout_express', nowMs),
    expireAt: readExpiry(biz, nowMs),
  };
}

/** `1m` to `15d`; `1c` is the end of the day. */
export function readLife(biz: Biz, name: string, nowMs: number): number | null {
  const text = optionalText(biz, name, 6);
  if (text === null) return null;
  if (text === '1c') return DAY_MS - ((nowMs + 8 * 3600_000) % DAY_MS);
  const found = /^(\d{1,6})([mhd])$/.exec(text);
  const lifeMs = Number(found?.[1] ?? 0) * (UNITS[found?.[2] ?? ''] ?? 0);
  if (lifeMs >= MINUTE_MS && lifeMs <= LONGEST_MS) return lifeMs;
  throw badParameter(`${name} 须为 1m 到 15d`);
}

function readExpiry(biz: Biz, nowMs: number): number | null {
  const text = optionalText(biz, 'time_expire', 19);
  if (text === null) return null;
  const at = instantOf(text);
  if (at !== undefined && at > nowMs) return at;
  throw badParameter('time_expire 须为晚于现在的 yyyy-MM-dd HH:mm:ss');
}

export function requiredText(biz: Biz, name: string, most: number): string {
  const text = optionalText(biz, name, most);
  if (text === null) throw badParameter(`缺少 ${name}`);
  return text;
}

export function optionalText(biz: Biz, name: string, most: number): string | null {
  const value = biz[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' && value.length <= most) return value;
  throw badParameter(`${name} 须为不超过 ${most} 个字符的文本`);
}

/** The same text for the same parameters, whatever their order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
