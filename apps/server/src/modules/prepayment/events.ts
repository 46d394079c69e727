import type { OutboxEvent } from '../../platform/outbox/index.ts';

/** Balances changed. `unitId` is null when a run settled bills of many units. */
export function prepaymentChanged(sourceId: string, unitId: string | null): OutboxEvent {
  return { topic: 'prepayment.changed', payload: { sourceId, unitId } };
}
