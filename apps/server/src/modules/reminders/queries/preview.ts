import { type Statement, sql, type Tx } from '../../../platform/database/index.ts';

export interface CandidateTotal {
  readonly place: number;
  readonly reason: string | null;
  readonly units: number;
  readonly owedFen: number;
}

/** How many homes, by step and reason. */
export function candidateTotals(tx: Tx, found: Statement): Promise<CandidateTotal[]> {
  return tx.many(sql<CandidateTotal>`
    select found.place, found.reason, count(*) as units, sum(found.owed_fen)::bigint as "owedFen"
    from (${found}) as found where found.company_id = ${tx.companyId}
    group by found.place, found.reason order by found.place, found.reason`);
}

export interface CandidateRow {
  readonly unitId: string;
  readonly unitLabel: string;
  readonly communityName: string;
  readonly place: number;
  readonly dueOn: string;
  readonly isOverdue: boolean;
  readonly owedFen: number;
  readonly reason: string | null;
}

/** Some of them, as people would see them. */
export function candidateRows(tx: Tx, found: Statement, limit: number): Promise<CandidateRow[]> {
  return tx.many(sql<CandidateRow>`
    select found.unit_id as "unitId", unit.label as "unitLabel", community.name as "communityName",
      found.place, found.due_on as "dueOn", found.is_overdue as "isOverdue",
      found.owed_fen as "owedFen", found.reason
    from (${found}) as found
    join estate.pub_unit as unit on unit.company_id = found.company_id and unit.id = found.unit_id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where found.company_id = ${tx.companyId}
    order by unit.sort_key, found.unit_id limit ${limit}`);
}

/** What people have switched off, as `recipient/via`. */
export async function switchedOff(
  tx: Tx,
  recipientKeys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.many(sql<{ key: string }>`
    select recipient_key || '/' || via as key from messaging.pub_preference
    where company_id = ${tx.companyId} and purpose = 'reminder' and not is_on
      and recipient_key = any (${recipientKeys}::text[])`);
  return new Set(rows.map(({ key }) => key));
}
