import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface UnitBalance {
  readonly unitId: string;
  readonly communityId: string;
  readonly balanceFen: Fen;
  /** Of it promised to refunds: it settles no bill. */
  readonly reservedFen: Fen;
  readonly usesItself: boolean;
}

/** What units have paid ahead; no entry for one that never did. */
export async function balanceOf(
  tx: Tx,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, UnitBalance>> {
  const rows = await tx.many(sql<UnitBalance>`
    select id as "unitId", community_id as "communityId", balance_fen as "balanceFen",
      reserved_fen as "reservedFen", uses_itself as "usesItself"
    from prepayment.balance
    where company_id = ${tx.companyId} and id = any (${unitIds}::uuid[])`);
  return new Map(
    rows.map((row) => [
      row.unitId,
      { ...row, balanceFen: fen(row.balanceFen), reservedFen: fen(row.reservedFen) },
    ]),
  );
}
