import type { RefundState } from '@wuye-pay/contract';
import type { ActionName } from './refund.ts';
import type { Bilingual } from './wording.ts';

export const refundStates: Readonly<Record<RefundState, Bilingual>> = {
  requested: { zh: '待审批', en: 'waiting for approval' },
  approved: { zh: '已批准', en: 'approved' },
  processing: { zh: '退款处理中', en: 'under way at the channel' },
  refused: { zh: '渠道拒绝', en: 'refused by the channel' },
  failed: { zh: '退款失败', en: 'failed at the channel' },
  refunded: { zh: '已退款', en: 'refunded' },
  returned: { zh: '退款被退回', en: 'bounced back' },
  rejected: { zh: '已驳回', en: 'rejected' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

/** In the infinitive and the past, as the sentences need them. */
export const refundActions: Readonly<Record<ActionName, Bilingual>> = {
  approve: { zh: '批准', en: 'approved' },
  reject: { zh: '驳回', en: 'rejected' },
  cancel: { zh: '撤回', en: 'taken back' },
  retry: { zh: '重试', en: 'sent again' },
  reissue: { zh: '换号重发', en: 'sent under a new number' },
  'give-up': { zh: '放弃', en: 'given up' },
  check: { zh: '向渠道查询', en: 'asked about' },
  'pay-out': { zh: '登记付款', en: 'paid out' },
};

/** Why a state was entered, by the word that is stored with the change. */
export const refundReasons: Readonly<Record<string, Bilingual>> = {
  requested: { zh: '提交退款申请，金额已预留', en: 'Asked for; the amount is reserved' },
  policy: { zh: '按自动退款规则提交', en: 'Asked for by the standing policy' },
  approved: { zh: '批准退款', en: 'Approved' },
  rejected: { zh: '驳回申请，预留已释放', en: 'Rejected; the amount is free again' },
  cancelled: { zh: '申请人撤回，预留已释放', en: 'Taken back; the amount is free again' },
  'given-up': { zh: '放弃退款，预留已释放', en: 'Given up; the amount is free again' },
  accepted: { zh: '渠道已受理', en: 'The channel took it' },
  unclear: { zh: '渠道没有明确答复，将继续查询', en: 'No clear answer; it is asked about again' },
  refused: { zh: '渠道明确拒绝', en: 'The channel refused' },
  failed: { zh: '渠道确认该单号未退成', en: 'The channel says that this number moved nothing' },
  lost: { zh: '渠道一天后仍查无此单号', en: 'The channel does not know the number a day later' },
  'other-amount': { zh: '渠道退了另一个金额', en: 'The channel refunded another amount' },
  retried: { zh: '以原单号重试', en: 'Sent again under the same number' },
  reissued: { zh: '换新单号重发', en: 'Sent under a new number' },
  returned: { zh: '退款被退回，款项已挂账', en: 'It bounced; the money lies in suspense' },
  'paid-out': { zh: '已付现并签收', en: 'Paid out and signed for' },
  adopted: { zh: '认领渠道已退的款项', en: 'What the channel had refunded was adopted' },
  answer: { zh: '渠道确认已退款', en: 'The channel refunded at once' },
  notification: { zh: '渠道通知已退款', en: 'The channel notified the refund' },
  query: { zh: '向渠道查询得知已退款', en: 'A query found it refunded' },
  statement: { zh: '对账单中有这笔退款', en: 'The statement lists the refund' },
};
