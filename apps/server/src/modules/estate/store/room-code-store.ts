import { sql, type Tx } from '../../../platform/database/index.ts';

/** @returns false when the unit already has a current code */
export async function insertRoomCode(
  tx: Tx,
  roomCode: { readonly id: string; readonly unitId: string; readonly code: string },
  at: Date,
): Promise<boolean> {
  const written = await tx.run(sql`
    insert into estate.room_code (company_id, id, unit_id, code, created_at)
    values (${tx.companyId}, ${roomCode.id}, ${roomCode.unitId}, ${roomCode.code}, ${at})
    on conflict (company_id, unit_id) where revoked_at is null do nothing`);
  return written === 1;
}

export function currentRoomCode(tx: Tx, unitId: string): Promise<{ code: string } | undefined> {
  return tx.maybe(sql<{ code: string }>`
    select code from estate.room_code
    where company_id = ${tx.companyId} and unit_id = ${unitId} and revoked_at is null`);
}

export interface UnitCode {
  readonly unitId: string;
  readonly code: string;
}

export function currentRoomCodes(tx: Tx, unitIds: readonly string[]): Promise<UnitCode[]> {
  return tx.many(sql<UnitCode>`
    select unit_id as "unitId", code from estate.room_code
    where company_id = ${tx.companyId} and unit_id = any (${unitIds}::uuid[])
      and revoked_at is null`);
}

/** Units that have a current code already keep it. */
export async function insertRoomCodes(
  tx: Tx,
  codes: readonly (UnitCode & { readonly id: string })[],
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into estate.room_code (company_id, id, unit_id, code, created_at)
    select company.id, given.id, given.unit_id, given.code, ${at}
    from identity.company as company
    cross join unnest(${codes.map(({ id }) => id)}::uuid[],
      ${codes.map(({ unitId }) => unitId)}::uuid[], ${codes.map(({ code }) => code)}::text[])
      as given (id, unit_id, code)
    where company.id = ${tx.companyId}
    order by given.unit_id
    on conflict (company_id, unit_id) where revoked_at is null do nothing`);
}

export async function revokeRoomCode(tx: Tx, unitId: string, at: Date): Promise<void> {
  await tx.run(sql`
    update estate.room_code set revoked_at = ${at}
    where company_id = ${tx.companyId} and unit_id = ${unitId} and revoked_at is null`);
}
