import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { PlatformKey } from '../channel.ts';

/**
 * A certificate that is known already stays as it is: a serial never gets another one. A public
 * key is typed in by a person, who may have pasted the wrong one first.
 */
export async function savePlatformKeys(
  tx: Tx,
  input: {
    readonly merchantAccountId: string;
    readonly keys: readonly PlatformKey[];
    readonly at: Date;
  },
): Promise<number> {
  const { keys, merchantAccountId } = input;
  return await tx.run(sql`
    insert into channels.platform_key (company_id, id, merchant_account_id, serial, kind,
      public_key_pem, valid_from, valid_to, created_at)
    select company.id, key.id, ${merchantAccountId}::uuid, key.serial, key.kind,
      key.pem, key.valid_from, key.valid_to, ${input.at}::timestamptz
    from identity.company as company
    cross join unnest(
      ${keys.map(({ serial }) => derivedId(tx.companyId, merchantAccountId, serial))}::uuid[],
      ${keys.map(({ serial }) => serial)}::text[],
      ${keys.map(({ kind }) => kind)}::text[],
      ${keys.map(({ pem }) => pem)}::text[],
      ${keys.map(({ validFrom }) => validFrom)}::timestamptz[],
      ${keys.map(({ validTo }) => validTo)}::timestamptz[]
    ) as key (id, serial, kind, pem, valid_from, valid_to)
    where company.id = ${tx.companyId}
    on conflict (company_id, merchant_account_id, serial) do update
    set public_key_pem = excluded.public_key_pem
    where platform_key.kind = 'public-key' and excluded.kind = 'public-key'`);
}

export async function deletePlatformKeys(
  tx: Tx,
  merchantAccountId: string,
  serials: readonly string[],
): Promise<number> {
  return await tx.run(sql`
    delete from channels.platform_key
    where company_id = ${tx.companyId} and merchant_account_id = ${merchantAccountId}
      and serial = any (${serials}::text[])`);
}

/** Forgets keys whose certificate ended more than `before` ago. */
export async function deleteEndedKeys(tx: Tx, before: Date): Promise<number> {
  return await tx.run(sql`
    delete from channels.platform_key
    where company_id = ${tx.companyId} and valid_to < ${before}`);
}
