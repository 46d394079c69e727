import { beginSession } from '../src/modules/resident/index.ts';
import type { ResidentActor } from '../src/platform/actor.ts';
import { sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/id.ts';
import type { TestSystem } from './harness.ts';

export interface GivenResident {
  readonly companyId?: string;
  readonly displayName?: string;
  /** Homes they are bound to, as owner unless said otherwise. */
  readonly unitIds?: readonly string[];
  readonly role?: 'owner' | 'tenant' | 'family' | 'payer';
  /** What a wallet says of them, by scope: `{ 'wechat-pay/wx1': 'o-anna' }`. */
  readonly walletIds?: Readonly<Record<string, string>>;
}

export interface ResidentInTest {
  readonly accountId: string;
  readonly actor: ResidentActor;
  readonly token: string;
  /** For requests. */
  readonly headers: { readonly authorization: string };
}

let residents = 0;

/** Somebody signed in to the resident app and bound to homes. */
export async function givenResident(
  system: TestSystem,
  wanted: GivenResident = {},
): Promise<ResidentInTest> {
  const { deps, clock } = system;
  const companyId = wanted.companyId ?? system.companyId;
  residents += 1;
  const name = wanted.displayName ?? `住户${residents}`;
  const at = clock.now();
  const accountId = newId(at);
  const token = await deps.db.transaction(companyId, async (tx) => {
    await tx.run(sql`
      insert into resident.account (company_id, id, display_name, created_at)
      values (${companyId}, ${accountId}, ${name}, ${at})`);
    for (const unitId of wanted.unitIds ?? []) {
      await tx.run(sql`
        insert into resident.binding (company_id, id, account_id, unit_id, role, bound_by, bound_at)
        values (${companyId}, ${newId(at)}, ${accountId}, ${unitId}, ${wanted.role ?? 'owner'},
          'phone', ${at})`);
    }
    for (const [scope, openId] of Object.entries(wanted.walletIds ?? {})) {
      await tx.run(sql`
        insert into resident.wallet_id (company_id, id, account_id, scope, open_id, created_at)
        values (${companyId}, ${newId(at)}, ${accountId}, ${scope}, ${openId}, ${at})`);
    }
    const from = { ip: '127.0.0.1', userAgent: undefined };
    return await beginSession(tx, deps, { accountId, surface: 'h5', ...from });
  });
  return {
    accountId,
    token,
    headers: { authorization: `Bearer ${token}` },
    actor: { kind: 'resident', companyId, id: accountId, name, language: 'zh' },
  };
}
