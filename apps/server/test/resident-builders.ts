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

/** A resident with something of every kind that a route of the app can name. */
export async function givenResidentThings(
  system: TestSystem,
  { companyId, unitId }: { readonly companyId: string; readonly unitId: string },
): Promise<ResidentInTest> {
  const resident = await givenResident(system, {
    companyId,
    unitIds: [unitId],
    displayName: '甲某住户',
    walletIds: { 'wechat-pay/wx1': 'o-of-jia' },
  });
  const { deps, clock } = system;
  const at = clock.now();
  const [id, guestId] = [newId(at), newId(at)];
  const { accountId } = resident;
  const secret = Buffer.alloc(16, 7);
  await deps.db.transaction(companyId, async (tx) => {
    await tx.run(sql`
      insert into resident.device (company_id, id, account_id, provider, token, created_at,
        last_seen_at)
      values (${companyId}, ${id}, ${accountId}, 'jpush', 'jia-registration', ${at}, ${at})`);
    await tx.run(sql`
      insert into resident.invitation (company_id, id, unit_id, account_id, role, note, code_index,
        created_at, expires_at)
      values (${companyId}, ${id}, ${unitId}, ${accountId}, 'family', '甲的表弟', ${secret}, ${at},
        ${new Date(at.getTime() + 86_400_000)})`);
    await tx.run(sql`
      insert into resident.code (company_id, id, kind, account_id, to_cipher, to_index, to_masked,
        code_index, created_at, expires_at, proved_at)
      values (${companyId}, ${id}, 'phone', ${accountId}, ${secret}, ${secret}, '139****1111',
        ${secret}, ${at}, ${at}, ${at})`);
    await tx.run(sql`
      insert into resident.account (company_id, id, display_name, created_at)
      values (${companyId}, ${guestId}, '甲的邻居', ${at})`);
    const name = deps.secrets.seal(companyId, 'resident.name', '甲申请人');
    await tx.run(sql`
      insert into resident.application (company_id, id, account_id, unit_id, role, name_cipher,
        name_index, name_masked, reason, created_at)
      values (${companyId}, ${id}, ${guestId}, ${unitId}, 'family', ${name}, ${secret}, '甲**人',
        '甲的申请理由', ${at})`);
    const photo = deps.secrets.seal(companyId, 'resident.photo', 'iVBORw0KGgo=');
    await tx.run(sql`
      insert into resident.application_photo (company_id, id, application_id, media_type,
        content_cipher, created_at)
      values (${companyId}, ${id}, ${id}, 'image/png', ${photo}, ${at})`);
  });
  return resident;
}
