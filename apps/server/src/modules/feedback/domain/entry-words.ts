import type { TicketEntry, TicketState } from '@wuye-pay/contract';
import { stateWords, type Words } from './ticket-state.ts';

export type EntryKind = TicketEntry['kind'];

export interface EntryFacts {
  readonly kind: EntryKind;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly toState: TicketState | null;
  readonly receiver: string | null;
}

const answers: Readonly<Record<string, Words>> = {
  explanation: { zh: '答复异议：说明', en: 'Answered the dispute: explained' },
  adjustment: { zh: '答复异议：调整账单', en: 'Answered the dispute: the bill was changed' },
  void: { zh: '答复异议：作废账单', en: 'Answered the dispute: the bill was voided' },
};

/** What happened, as the timeline says it. */
export function entryTitle({ kind, detail, toState, receiver }: EntryFacts): Words {
  const to = toState ? stateWords[toState] : undefined;
  switch (kind) {
    case 'opened':
      return { zh: '提交报事', en: 'Reported it' };
    case 'message':
      return { zh: '补充说明', en: 'Added something' };
    case 'reply':
      return to
        ? { zh: `回复，${to.zh}`, en: `Replied; now ${to.en}` }
        : { zh: '回复', en: 'Replied' };
    case 'note':
      return detail['adjustmentId']
        ? { zh: '提交账单调整，等待审批', en: 'Asked to change the bill; waits for approval' }
        : { zh: '内部备注', en: 'Internal note' };
    case 'assigned':
      return receiver
        ? { zh: `派给 ${receiver}`, en: `Assigned to ${receiver}` }
        : { zh: '取消派单', en: 'Assigned to nobody' };
    case 'state':
      return { zh: `改为“${to?.zh ?? ''}”`, en: `Now ${to?.en ?? ''}` };
    case 'moved':
      return { zh: '更改类别', en: 'Changed the category' };
    case 'rated':
      return { zh: `评价 ${String(detail['score'])} 分`, en: `Rated ${String(detail['score'])}` };
    case 'reopened':
      return { zh: '重新打开', en: 'Reopened it' };
    case 'escalated':
      return detail['clock'] === 'first-reply'
        ? { zh: '首次回复超时，已上报', en: 'The first reply is late; escalated' }
        : { zh: '处理超时，已上报', en: 'The solution is late; escalated' };
    case 'answered':
      return answers[String(detail['answer'])] ?? { zh: '答复异议', en: 'Answered the dispute' };
    case 'closed':
      return { zh: '关闭', en: 'Closed it' };
  }
}

/** What residents do not see. */
export function isInternal(kind: EntryKind): boolean {
  return kind === 'note' || kind === 'escalated' || kind === 'assigned' || kind === 'moved';
}
