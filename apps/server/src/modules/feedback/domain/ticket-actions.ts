import type { TicketDetail, TicketState } from '@wuye-pay/contract';
import { isOpen, mayReopen, moveOf, type Words } from './ticket-state.ts';

export interface ActionFacts {
  readonly state: TicketState;
  readonly resolvedAt: Date | null;
  readonly reopenDays: number;
  readonly isDispute: boolean;
  readonly disputeState: 'open' | 'answered' | null;
  readonly adjustmentId: string | null;
}

type Action = TicketDetail['allowedActions'][number];
const none: Words = {
  zh: '您没有此项权限，请联系管理员',
  en: 'You do not have this permission; please ask the administrator',
};
const over: Words = { zh: '已结束，如需继续请先重新打开', en: 'It has ended; reopen it first' };
const disputed: Words = { zh: '请先答复账单异议', en: 'Please answer the dispute first' };

/** Every action there is, and why one is not allowed now. */
export function ticketActions(
  facts: ActionFacts,
  permissions: { has(permission: string): boolean },
  now: Date,
): Action[] {
  const { state, disputeState } = facts;
  const fits = (action: 'start' | 'wait' | 'resolve' | 'close') =>
    moveOf(action, state) ? null : stateReason(state);
  const ends = disputeState === 'open' ? disputed : null;
  const reasons: Readonly<Record<Action['action'], Words | null>> = {
    reply: isOpen(state) ? null : over,
    note: null,
    assign: isOpen(state) ? null : over,
    start: fits('start'),
    wait: fits('wait'),
    resolve: fits('resolve') ?? ends,
    close: fits('close') ?? ends,
    reopen: reopenReason(facts, now),
    move: moveReason(facts),
    'answer-dispute': answerReason(facts),
  };
  const may = permissions.has('feedback.reply');
  return (Object.keys(reasons) as Action['action'][]).map((action) => {
    const reason = may ? reasons[action] : none;
    return { action, allowed: reason === null, reason };
  });
}

function stateReason(state: TicketState): Words {
  return isOpen(state) ? { zh: '当前状态不需要此操作', en: 'It is in that state already' } : over;
}

function reopenReason(facts: ActionFacts, now: Date): Words | null {
  if (isOpen(facts.state)) return { zh: '还没有结束', en: 'It has not ended' };
  if (mayReopen(facts, now)) return null;
  return {
    zh: `解决已超过 ${facts.reopenDays} 天，请新建报事`,
    en: `Resolved more than ${facts.reopenDays} days ago; open a new one`,
  };
}

function moveReason({ state, isDispute }: ActionFacts): Words | null {
  if (isDispute) return { zh: '账单异议不能改类别', en: 'A dispute keeps its category' };
  if (state === 'waiting') return { zh: '等待住户补充时不能改类别', en: 'Not while it waits' };
  return isOpen(state) ? null : over;
}

function answerReason({ disputeState, adjustmentId }: ActionFacts): Words | null {
  if (disputeState === null) return { zh: '不是账单异议', en: 'It disputes no bill' };
  if (disputeState === 'answered') return { zh: '异议已答复', en: 'It was answered' };
  if (adjustmentId !== null) {
    return { zh: '账单调整正在等待审批', en: 'A change of the bill waits for approval' };
  }
  return null;
}
