import type { ReminderStep } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface PlanRow {
  readonly id: string;
  readonly name: string;
  readonly communityId: string | null;
  readonly feeItemIds: readonly string[];
  readonly state: 'draft' | 'active' | 'paused';
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly minimumFen: number;
  readonly capCount: number;
  readonly capDays: number;
  readonly steps: readonly ReminderStep[];
  readonly plannedOn: string | null;
  readonly plannedAt: Date | null;
}

export const planColumns = sql`id, name, community_id as "communityId",
  fee_item_ids as "feeItemIds", state, starts_on as "startsOn", ends_on as "endsOn",
  minimum_fen as "minimumFen", cap_count as "capCount", cap_days as "capDays", steps,
  planned_on as "plannedOn", planned_at as "plannedAt"`;

export function planRow(tx: Tx, planId: string): Promise<PlanRow | undefined> {
  return tx.maybe(sql<PlanRow>`
    select ${planColumns} from reminders.plan
    where company_id = ${tx.companyId} and id = ${planId}`);
}

export function activePlans(tx: Tx): Promise<PlanRow[]> {
  return tx.many(sql<PlanRow>`
    select ${planColumns} from reminders.plan
    where company_id = ${tx.companyId} and state = 'active' order by id`);
}
