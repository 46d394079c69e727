import type { RefundProofView, TimelineEntry } from '@wuye-pay/contract';
import type { Static } from 'typebox';
import { refundReasons } from './refund-wording.ts';
import type { Bilingual } from './wording.ts';

type Entry = Static<typeof TimelineEntry>;

export interface RefundChangeRow {
  readonly attemptId: string | null;
  readonly refundNo: string | null;
  readonly to: string;
  readonly reason: string;
  readonly note: string | null;
  readonly actor: string;
  readonly at: Date;
}

/** What happened to a refund, oldest first, in words. */
export function refundTimeline(happened: {
  readonly channel: string;
  readonly changes: readonly RefundChangeRow[];
  readonly proofs: readonly Static<typeof RefundProofView>[];
}): Entry[] {
  const { channel, changes, proofs } = happened;
  const entries: Entry[] = [
    ...changes.map(changeEntry),
    ...proofs.map(
      ({ receivedAt, source }): Entry => ({
        at: receivedAt,
        kind: 'proof',
        text: proofTexts[source],
        actor: source === 'desk' ? null : channel,
      }),
    ),
  ];
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const proofTexts: Readonly<Record<Static<typeof RefundProofView>['source'], Bilingual>> = {
  answer: { zh: '渠道答复：已退款', en: 'The channel answered: refunded' },
  notification: { zh: '收到渠道的退款通知', en: 'The channel notified the refund' },
  query: { zh: '渠道查询结果：已退款', en: 'The channel answered a query: refunded' },
  desk: { zh: '付款人签收凭证', en: 'The payer signed the voucher' },
  statement: { zh: '对账单中有这笔退款', en: 'The statement lists the refund' },
};

function changeEntry({ attemptId, refundNo, reason, note, actor, at }: RefundChangeRow): Entry {
  const known = refundReasons[reason] ?? { zh: reason, en: reason };
  const no = refundNo === null ? '' : ` ${refundNo}`;
  const said = note === null ? { zh: '', en: '' } : { zh: `：${note}`, en: `: ${note}` };
  const head =
    attemptId === null ? known : { zh: `退款单${no} ${known.zh}`, en: `Number${no}: ${known.en}` };
  const text = { zh: `${head.zh}${said.zh}`, en: `${head.en}${said.en}` };
  return { at: at.toISOString(), kind: 'refund', text, actor };
}
