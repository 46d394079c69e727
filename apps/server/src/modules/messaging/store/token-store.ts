import { sql, type Tx } from '../../../platform/database/index.ts';

export interface StoredToken {
  readonly cipher: Buffer | null;
  readonly expiresAt: Date | null;
  readonly leasedUntil: Date | null;
}

type Leased =
  | { readonly kind: 'usable'; readonly stored: StoredToken }
  | { readonly kind: 'leased' }
  /** Another process is fetching one. */
  | { readonly kind: 'busy' };

interface Lease {
  readonly accountId: string;
  readonly lease: string;
  readonly now: Date;
  readonly until: Date;
  readonly isUsable: (stored: StoredToken) => boolean;
}

/** Under the row's lock: the token that is there, or the right to fetch the next. */
export async function leaseToken(tx: Tx, wanted: Lease): Promise<Leased> {
  const { accountId, lease, now, until, isUsable } = wanted;
  await tx.run(sql`
    insert into messaging.token (company_id, id, account_id)
    values (${tx.companyId}, ${accountId}, ${accountId})
    on conflict (company_id, id) do nothing`);
  const stored = await tx.one(sql<StoredToken>`
    select cipher, expires_at as "expiresAt", leased_until as "leasedUntil"
    from messaging.token where company_id = ${tx.companyId} and id = ${accountId}
    for update`);
  if (isUsable(stored)) return { kind: 'usable', stored };
  if (stored.leasedUntil !== null && stored.leasedUntil > now) return { kind: 'busy' };
  await tx.run(sql`
    update messaging.token set leased_by = ${lease}, leased_until = ${until}
    where company_id = ${tx.companyId} and id = ${accountId}`);
  return { kind: 'leased' };
}

interface Stored {
  readonly accountId: string;
  readonly lease: string;
  readonly cipher: Buffer | null;
  readonly expiresAt: Date | null;
  readonly fetchedAt: Date;
}

/** Ends the lease; keeps the token if there is one and nobody took the lease over. */
export async function storeToken(tx: Tx, token: Stored): Promise<void> {
  const { accountId, lease, cipher, expiresAt, fetchedAt } = token;
  await tx.run(sql`
    update messaging.token set leased_by = null, leased_until = null,
      cipher = coalesce(${cipher}::bytea, cipher),
      expires_at = coalesce(${expiresAt}::timestamptz, expires_at),
      generation = generation + 1, fetched_at = ${fetchedAt}
    where company_id = ${tx.companyId} and id = ${accountId} and leased_by = ${lease}`);
}
