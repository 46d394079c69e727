import type { TicketState } from '@wuye-pay/contract';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export const stateWords: Readonly<Record<TicketState, Words>> = {
  new: { zh: '待受理', en: 'new' },
  assigned: { zh: '已派单', en: 'assigned' },
  'in-progress': { zh: '处理中', en: 'in progress' },
  waiting: { zh: '待住户补充', en: 'waiting for the resident' },
  resolved: { zh: '已解决', en: 'resolved' },
  closed: { zh: '已关闭', en: 'closed' },
};

/** What can be asked of a ticket. */
export type StateAction = 'start' | 'wait' | 'resolve' | 'close' | 'reopen';

const open: readonly TicketState[] = ['new', 'assigned', 'in-progress', 'waiting'];

const moves: Readonly<
  Record<StateAction, { readonly from: readonly TicketState[]; readonly to: TicketState }>
> = {
  start: { from: ['new', 'assigned', 'waiting'], to: 'in-progress' },
  wait: { from: ['new', 'assigned', 'in-progress'], to: 'waiting' },
  resolve: { from: open, to: 'resolved' },
  close: { from: [...open, 'resolved'], to: 'closed' },
  reopen: { from: ['resolved', 'closed'], to: 'in-progress' },
};

export function isOpen(state: TicketState): boolean {
  return open.includes(state);
}

/** @returns where the action leads, or undefined when it does not fit the state */
export function moveOf(action: StateAction, from: TicketState): TicketState | undefined {
  const move = moves[action];
  return move.from.includes(from) ? move.to : undefined;
}

const dayMs = 86_400_000;

export interface ReopenFacts {
  readonly state: TicketState;
  readonly resolvedAt: Date | null;
  readonly reopenDays: number;
}

/** For so many days after it was resolved, whether it was closed meanwhile or not. */
export function mayReopen({ state, resolvedAt, reopenDays }: ReopenFacts, now: Date): boolean {
  if (isOpen(state) || !resolvedAt) return false;
  return now.getTime() <= resolvedAt.getTime() + reopenDays * dayMs;
}

/** The action that brings a ticket to a state, for a reply that moves it on. */
export const actionTo = {
  'in-progress': 'start',
  waiting: 'wait',
  resolved: 'resolve',
} as const satisfies Partial<Record<TicketState, StateAction>>;
