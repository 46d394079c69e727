import type { ProofView, RefundView, SuspenseView, TimelineEntry } from '@wuye-pay/contract';
import { fen, yuanAmount } from '@wuye-pay/money';
import type { Static } from 'typebox';
import { refundStates } from './refund-wording.ts';
import { type Bilingual, closeReasons, surplusReasons } from './wording.ts';

export interface Change {
  readonly attemptId: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

export interface SentMessage {
  readonly verb: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly sentAt: Date;
}

type Entry = Static<typeof TimelineEntry>;

export interface Happened {
  /** Whose words the proofs are. */
  readonly channel: string;
  readonly changes: readonly Change[];
  readonly proofs: readonly Static<typeof ProofView>[];
  readonly messages: readonly SentMessage[];
  readonly cases: readonly SuspenseView[];
  readonly refunds?: readonly RefundView[];
  /** It pays ahead: no bill is held or settled. */
  readonly isTopUp?: boolean;
}

/** What happened to a payment, oldest first, in words. */
export function timelineOf(happened: Happened): Entry[] {
  const { channel, changes, proofs, messages, cases, refunds = [] } = happened;
  const entries: Entry[] = [
    ...changes.map((change) => changeEntry(change, happened.isTopUp ? topUpStates : states)),
    ...proofs.map(
      (proof): Entry => ({
        at: proof.receivedAt,
        kind: 'proof',
        text: proofTexts[proof.source],
        actor: proof.source === 'desk' ? null : channel,
      }),
    ),
    ...messages.map(messageEntry),
    ...cases.map((one): Entry => {
      const { zh, en } = surplusReasons[one.reason];
      const text = { zh: `挂账 ${one.caseNo}：${zh}`, en: `Suspense case ${one.caseNo}: ${en}` };
      return { at: one.openedAt, kind: 'surplus', text, actor: null };
    }),
    ...refunds.flatMap(refundEntries),
  ];
  return entries.sort(byTime);
}

/** When a refund was asked for and how it ended; its own page tells the rest. */
function refundEntries(refund: RefundView): Entry[] {
  const { refundName, amountFen, requestedAt, requestedBy, endedAt, state } = refund;
  const amount = yuanAmount(fen(amountFen));
  const asked = {
    zh: `申请退款 ${refundName}，${amount}`,
    en: `Refund ${refundName} of ${amount} was asked for`,
  };
  const ended = refundStates[state];
  const end = { zh: `退款 ${refundName}：${ended.zh}`, en: `Refund ${refundName}: ${ended.en}` };
  return [
    { at: requestedAt, kind: 'refund', text: asked, actor: requestedBy },
    ...(endedAt === null
      ? []
      : [{ at: endedAt, kind: 'refund' as const, text: end, actor: refund.decidedBy }]),
  ];
}

/** Of one instant, the payment begins before its order, and its order ends before it does. */
function byTime(a: Entry, b: Entry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return rankOf(a) - rankOf(b);
}

function rankOf({ kind, text }: Entry): number {
  const isBeginning = text === states['payment open'] || text === topUpStates['payment open'];
  if (isBeginning) return 0;
  return kind === 'payment' ? 2 : kind === 'surplus' ? 3 : 1;
}

const proofTexts: Readonly<Record<Static<typeof ProofView>['source'], Bilingual>> = {
  notification: { zh: '收到渠道的支付通知', en: 'The channel notified the payment' },
  query: { zh: '向渠道查询得知已付', en: 'A query at the channel found it paid' },
  desk: { zh: '前台收款', en: 'Taken at the front desk' },
  statement: { zh: '对账单中有这笔交易', en: 'The statement lists the trade' },
};

const states: Readonly<Record<string, Bilingual>> = {
  'payment open': { zh: '开始支付，账单已锁定', en: 'Payment began; the bills are held' },
  'payment paid': { zh: '已付清，账单已销账', en: 'Paid; the bills are settled' },
  'payment closed': { zh: '支付已关闭', en: 'The payment was closed' },
  'attempt requested': { zh: '已登记订单，向渠道下单', en: 'The order was recorded and sent' },
  'attempt pending': {
    zh: '渠道已受理，等待付款',
    en: 'The channel took the order; it waits to be paid',
  },
  'attempt paid': { zh: '渠道已收款', en: 'The channel collected the money' },
  'attempt closed': { zh: '渠道订单已关闭', en: 'The order was closed at the channel' },
};

const topUpStates: typeof states = {
  ...states,
  'payment open': { zh: '开始支付，存入预存', en: 'Payment began; it pays ahead' },
  'payment paid': { zh: '已付清，已存入预存余额', en: 'Paid; the balance has it' },
};

function changeEntry(change: Change, words: typeof states): Entry {
  const kind = change.attemptId === null ? 'payment' : 'attempt';
  const state = words[`${kind} ${change.to}`] ?? { zh: change.to, en: change.to };
  const known: Readonly<Record<string, Bilingual | undefined>> = closeReasons;
  const why = change.to === 'closed' ? known[change.reason] : undefined;
  const text = why ? { zh: `${state.zh}：${why.zh}`, en: `${state.en}: ${why.en}` } : state;
  return { at: change.at.toISOString(), kind, text, actor: change.actor };
}

const verbs: Readonly<Record<string, Bilingual>> = {
  prepay: { zh: '下单', en: 'order' },
  query: { zh: '查询', en: 'query' },
  close: { zh: '关单', en: 'close' },
};
const outcomes: Readonly<Record<string, Bilingual>> = {
  verified: { zh: '有明确答复', en: 'clear answer' },
  refused: { zh: '被拒绝', en: 'refused' },
  unknown: { zh: '没有明确答复', en: 'no clear answer' },
};

function messageEntry({ verb, outcome, status, sentAt }: SentMessage): Entry {
  const what = verbs[verb] ?? { zh: verb, en: verb };
  const how = outcomes[outcome] ?? { zh: outcome, en: outcome };
  const code = status === null ? '' : `HTTP ${status}`;
  const text = {
    zh: `向渠道${what.zh}：${how.zh}${code && `（${code}）`}`,
    en: `Channel ${what.en}: ${how.en}${code && ` (${code})`}`,
  };
  return { at: sentAt.toISOString(), kind: 'message', text, actor: null };
}
