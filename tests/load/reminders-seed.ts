import type pg from 'pg';

/** One company; every home owes one bill, has paid one, and has somebody with a phone bound to it. */
export const scene = {
  companyId: '00000000-0000-7000-8000-000000000001',
  shortCode: 'bench',
  homesOfCommunity: 10_000,
  /** 2026-11-25 10:05 in China. */
  startsAt: Date.UTC(2026, 10, 25, 2, 5),
  dueTomorrow: '2026-11-26',
  dueThreeDaysAgo: '2026-11-22',
} as const;

export interface Seed {
  readonly homes: number;
  /** So many homes have a bill that is due tomorrow; the others are late. */
  readonly dueTomorrow: number;
  /** A sealed phone; the same for all, since nobody is called. */
  readonly phoneCipher: Buffer;
}

/** Fills estate, billing and resident without firing foreign keys: the rows are right. */
export async function seedReminders(owner: pg.Client, seed: Seed): Promise<void> {
  const { homes, dueTomorrow, phoneCipher } = seed;
  const c = `'${scene.companyId}'::uuid`;
  const communities = Math.ceil(homes / scene.homesOfCommunity);
  const id = (kind: string, number = 'i') =>
    `platform.derived_id(1000 + ${number}, '${kind}' || ${number})`;
  const community = id('community', `(i % ${communities} + 1)`);
  const dueOn = `case when i <= ${dueTomorrow} then date '${scene.dueTomorrow}'
    else date '${scene.dueThreeDaysAgo}' end`;
  const paidDueOn = "date '2026-10-22'";
  const all = `generate_series(1, ${homes}) as i`;
  await owner.query('set session_replication_role = replica');
  await owner.query(
    `insert into identity.company_code (short_code, company_id) values ('${scene.shortCode}', ${c});
    insert into identity.company (id, short_code, name, created_at)
      values (${c}, '${scene.shortCode}', '大型物业', now());
    insert into estate.community (company_id, id, name, created_at)
      select ${c}, ${id('community')}, '小区' || i, now() from generate_series(1, ${communities}) i;
    insert into estate.building (company_id, id, community_id, name, created_at)
      select company_id, id, id, '1栋', now() from estate.community;
    insert into estate.unit (company_id, id, community_id, building_id, entrance, floor, door_no,
        kind, label, sort_key, moved_in_on, created_at, updated_at)
      select ${c}, ${id('unit')}, ${community}, ${community}, '1单元', '1', i::text, 'home',
        '1栋1单元' || i, lpad(i::text, 8, '0'), '2020-01-01', now(), now() from ${all};
    insert into billing.bill_run (company_id, id, community_id, month, state, created_at)
      select company_id, id, id, date '2026-11-01', 'published', now() from estate.community;
    ${bills({ name: 'open', dueOn, paid: '0', month: '2026-11-01' })} ${all};
    ${bills({ name: 'paid', dueOn: paidDueOn, paid: '12000', month: '2026-10-01' })} ${all};
    insert into resident.binding (company_id, id, account_id, unit_id, role, bound_by, bound_at)
      select ${c}, ${id('binding')}, ${id('account')}, ${id('unit')}, 'owner', 'phone', now()
      from ${all};
    insert into resident.device (company_id, id, account_id, provider, token, created_at,
        last_seen_at)
      select ${c}, ${id('device')}, ${id('account')}, 'jpush', 'device-' || i, now(), now()
      from ${all}`,
  );
  await owner.query(
    `insert into resident.account (company_id, id, phone_cipher, phone_index, phone_masked,
        phone_verified_at, created_at)
      select ${c}, ${id('account')}, $1, decode(md5(i::text), 'hex'), '138****0001', now(), now()
      from ${all}`,
    [phoneCipher],
  );
  await owner.query('set session_replication_role = origin');
  await owner.query('vacuum analyze');

  function bills(bill: { name: string; dueOn: string; paid: string; month: string }): string {
    return `insert into billing.bill (company_id, id, run_id, community_id, unit_id, fee_item_id,
        tariff_id, month, period_start, period_end, due_on, amount_fen, paid_fen, price, surcharge,
        months, rounding)
      select ${c}, ${id(bill.name)}, ${community}, ${community}, ${id('unit')}, ${c}, ${c},
        '${bill.month}', '${bill.month}', '${bill.month}', ${bill.dueOn}, 12000, ${bill.paid}, 1, 0,
        1, 'half-up' from`;
  }
}
