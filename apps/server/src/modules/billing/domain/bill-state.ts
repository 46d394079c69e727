export type ShownState = 'draft' | 'open' | 'overdue' | 'settled' | 'void';

export interface StateFacts {
  readonly billState: 'issued' | 'void';
  readonly runState: 'draft' | 'published' | 'voided';
  readonly openFen: number;
  readonly dueOn: string;
}

/** The state as people say it. The due day itself is not late. */
export function billStateOf(facts: StateFacts, today: string): ShownState {
  if (facts.billState === 'void') return 'void';
  if (facts.runState === 'draft') return 'draft';
  if (facts.openFen === 0) return 'settled';
  return facts.dueOn < today ? 'overdue' : 'open';
}
