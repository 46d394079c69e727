import { type ChannelName, channelNames } from './channel-part.ts';

/** Where a fault strikes. */
export const faultPlaces = [
  'prepay',
  'query',
  'close',
  'certificates',
  'notify',
  'refund',
  'refund-query',
  'statement',
  'cancel',
  'login',
] as const;
export type FaultPlace = (typeof faultPlaces)[number];

/** What goes wrong with an answer of the API, and how it reads on the inspector page. */
export const answerFaults = {
  'server-error': '返回 500 SYSTEM_ERROR，未受理',
  unavailable: '返回 503 SERVICE_UNAVAILABLE，未受理',
  'rate-limited': '返回 429 FREQUENCY_LIMITED，未受理',
  'rate-limited-after': '已受理，但返回 429 FREQUENCY_LIMITED',
  'server-error-after': '已受理，但返回 500 SYSTEM_ERROR',
  'timeout-before': '未受理，一直不应答',
  'timeout-after': '已受理，但一直不应答',
  'connection-lost-before': '未受理，连接中断',
  'connection-lost-after': '已受理，连接中断',
  unparsable: '已受理，应答不是 JSON（签名正确）',
  unsigned: '已受理，应答没有签名',
  'bad-signature': '已受理，应答签名错误',
  'body-changed': '已受理，应答正文被改动（签名属于原文）',
  'old-timestamp': '已受理，应答时间戳是 10 分钟前',
  'unknown-serial': '已受理，应答的证书序列号未知',
  delay: '延迟后正常应答',
  'paid-before-answer': '应答之前付款人已付款并已通知',
  'paid-after-answer': '应答之后付款人才付款（关单后到账）',
} as const;

/** What goes wrong with a notification. */
export const notifyFaults = {
  lost: '丢失：这一次没有送达，按计划重试',
  late: '迟到：延迟后送达',
  duplicate: '重复：先后送达多次',
  'duplicate-parallel': '重复：同时送达多次',
  reorder: '乱序：排到下一个通知之后',
  'wrong-amount': '金额不符',
  'wrong-merchant': '商户号不符',
  'wrong-appid': '应用号不符',
  'tampered-ciphertext': '密文被改动（签名正确）',
  'bad-tag': 'GCM 校验标签错误（签名正确）',
  'bad-signature': '签名错误',
  'body-changed': '正文被改动（签名属于原文）',
  'old-timestamp': '时间戳是 10 分钟前（签名正确）',
  'unknown-serial': '证书序列号未知',
  'signature-probe': '验签探测 WECHATPAY/SIGNTEST/，随后送达正确通知',
  'huge-body': '正文 2 MB（签名正确）',
} as const;

/** What becomes of a refund, besides all that may happen to its answer. */
export const refundFaults = {
  'refund-pending': '退款已受理，一直处理中（由控制接口或 delayMs 之后完成）',
  'refund-fails-later': '退款已受理，之后失败',
  'refund-refused': '退款被拒绝：商户余额不足',
  'refund-moved-nothing': '退款应答成功，但没有资金变化',
} as const;

/** What is wrong with a statement file, besides all that may happen to its answer. */
export const statementFaults = {
  'statement-missing-row': '账单少一行',
  'statement-extra-row': '账单多一行（商户没有的订单）',
  'statement-duplicate-row': '账单有一行重复',
  'statement-amount-off': '账单一行的金额多 1 分',
  'statement-fee-differs': '账单一行的手续费不同',
  'statement-wrong-total': '账单的汇总行不对',
  'statement-truncated': '账单文件不完整',
  'statement-bad-hash': '账单的摘要与文件不符',
  'statement-not-ready': '账单还没有生成',
} as const;

export type RefundFault = keyof typeof refundFaults;
export type StatementFault = keyof typeof statementFaults;
export type AnswerFault = keyof typeof answerFaults | RefundFault | StatementFault;
export type NotifyFault = keyof typeof notifyFaults;

export type FaultOptions = {
  /** ms of a delay, or how long an unanswered call is held open. */
  delayMs?: number | undefined;
  /** How often a duplicated notification is sent. */
  copies?: number | undefined;
  /** Fen that a wrong amount names; default one fen more than was paid. */
  totalFen?: number | undefined;
};

export type ArmedFault = FaultOptions & {
  at: FaultPlace;
  fault: AnswerFault | NotifyFault;
  /** How often it still strikes. */
  times: number;
  outTradeNo?: string | undefined;
  /** Strikes this channel only; without it any. */
  channel?: ChannelName | undefined;
};

/** Strikes `ratePercent` of the calls at `places`, the same ones for the same seed. */
export type SeededFaults = {
  seed: number;
  ratePercent: number;
  places: FaultPlace[];
  channel?: ChannelName | undefined;
};

export type Faults = {
  arm(fault: ArmedFault): void;
  armBySeed(plan: SeededFaults): void;
  list(): { armed: ArmedFault[]; seeded: SeededFaults | null };
  clear(): void;
  /** The fault that strikes this call, if any; it counts as used. */
  takeForAnswer(
    at: FaultPlace,
    outTradeNo: string | null,
    channel: ChannelName,
  ): Taken<AnswerFault> | undefined;
  takeForNotification(outTradeNo: string, channel: ChannelName): Taken<NotifyFault> | undefined;
};

export type Taken<Kind> = FaultOptions & { fault: Kind };

export function createFaults(): Faults {
  let armed: ArmedFault[] = [];
  let seeded: SeededFaults | null = null;
  const calls = new Map<string, number>();

  const take = (at: FaultPlace, outTradeNo: string | null, channel: ChannelName) => {
    const counter = `${channel}/${at}`;
    const index = (calls.get(counter) ?? 0) + 1;
    calls.set(counter, index);
    const found = armed.find(
      (one) =>
        one.at === at &&
        (one.outTradeNo === undefined || one.outTradeNo === outTradeNo) &&
        (one.channel === undefined || one.channel === channel),
    );
    if (found === undefined) return seeded === null ? undefined : drawn(seeded, at, channel, index);
    found.times -= 1;
    armed = armed.filter((one) => one.times > 0);
    return found;
  };

  return {
    arm: (fault) => void armed.push({ ...fault }),
    armBySeed: (plan) => {
      seeded = plan;
      calls.clear();
    },
    list: () => ({ armed: armed.map((one) => ({ ...one })), seeded }),
    clear: () => {
      armed = [];
      seeded = null;
    },
    takeForAnswer: (at, outTradeNo, channel) =>
      take(at, outTradeNo, channel) as Taken<AnswerFault> | undefined,
    takeForNotification: (outTradeNo, channel) =>
      take('notify', outTradeNo, channel) as Taken<NotifyFault> | undefined,
  };
}

/** Kinds that may be armed at a place. */
export function faultsAt(at: FaultPlace): string[] {
  if (at === 'notify') return Object.keys(notifyFaults);
  const kinds = Object.keys(answerFaults);
  const withoutOrder = kinds.filter((kind) => !kind.startsWith('paid-'));
  switch (at) {
    case 'refund':
      return [...withoutOrder, ...Object.keys(refundFaults)];
    case 'statement':
      return [...withoutOrder, ...Object.keys(statementFaults)];
    case 'certificates':
    case 'refund-query':
    case 'login':
      return withoutOrder;
    case 'prepay':
    case 'query':
    case 'close':
    case 'cancel':
      return kinds;
  }
}

/** Seeded faults leave out what would stop a run: calls held open and money never asked for. */
const NOT_DRAWN = new Set(['timeout-before', 'timeout-after', 'wrong-amount', 'huge-body']);
const NOT_DRAWN_KINDS = /^(paid|refund|statement)-/;

/** The fault of the n-th call at a place, from the seed alone, so that a failing run repeats. */
function drawn(
  plan: SeededFaults,
  at: FaultPlace,
  channel: ChannelName,
  index: number,
): ArmedFault | undefined {
  if (!plan.places.includes(at)) return undefined;
  if (plan.channel !== undefined && plan.channel !== channel) return undefined;
  const kinds = faultsAt(at).filter((kind) => !NOT_DRAWN.has(kind) && !NOT_DRAWN_KINDS.test(kind));
  const place = faultPlaces.indexOf(at) + faultPlaces.length * channelNames.indexOf(channel);
  const random = mix(plan.seed, place, index);
  if ((random % 10_000) / 100 >= plan.ratePercent) return undefined;
  const fault = kinds[mix(random, index, 7) % kinds.length] as ArmedFault['fault'];
  return { at, fault, times: 1, delayMs: 200 };
}

/** A 32-bit hash of three numbers (the finaliser of MurmurHash3). */
function mix(a: number, b: number, c: number): number {
  let hash = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) + Math.imul(c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
