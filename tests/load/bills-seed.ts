import type pg from 'pg';

/** One company with one large community, every unit of which pays ten fee items. */
export const bench = {
  companyId: '00000000-0000-7000-8000-000000000001',
  communityId: '00000000-0000-7000-8000-000000000002',
  month: '2026-11-01',
  feeItems: 10,
  /** Beside the units that are billed, some have no area yet and are skipped: 0.5 %. */
  skippedUnits: (rows: number) => Math.round(rows / bench.feeItems / 200),
  skipped: (rows: number) => bench.skippedUnits(rows) * bench.feeItems,
} as const;

/** Fills estate and charging without firing foreign keys: the rows are right by construction. */
export async function seedBills(owner: pg.Client, rows: number): Promise<void> {
  const units = rows / bench.feeItems;
  const all = units + bench.skippedUnits(rows);
  const [c, m] = [`'${bench.companyId}'::uuid`, `'${bench.communityId}'::uuid`];
  const unitId = "platform.derived_id(1000 + i, 'unit' || i)";
  const feeItemId = "platform.derived_id(f, 'fee item' || f)";
  await owner.query('set session_replication_role = replica');
  for (const statement of [
    `insert into identity.company (id, short_code, name, created_at)
      values (${c}, 'bench', '大型物业', now())`,
    `insert into estate.community (company_id, id, name, created_at)
      values (${c}, ${m}, '万户新城', now())`,
    `insert into estate.building (company_id, id, community_id, name, created_at)
      select ${c}, platform.derived_id(i, 'building' || i), ${m}, i || '栋', now()
      from generate_series(1, 100) as i`,
    `insert into estate.unit (company_id, id, community_id, building_id, entrance, floor, door_no,
        kind, label, sort_key, moved_in_on, created_at, updated_at)
      select ${c}, ${unitId}, ${m}, platform.derived_id(i % 100 + 1, 'building' || (i % 100 + 1)),
        '1单元', '1', i::text, 'home', (i % 100 + 1) || '栋1单元' || i,
        lpad((i % 100 + 1)::text, 4, '0') || lpad(i::text, 8, '0'), '2020-01-01', now(), now()
      from generate_series(1, ${all}) as i`,
    `insert into estate.unit_area (company_id, id, unit_id, effective_on, built_m2, created_at)
      select ${c}, platform.derived_id(1000 + i, 'area' || i), ${unitId}, '2020-01-01',
        40 + i * 37 % 16000 / 100.0, now()
      from generate_series(1, ${units}) as i`,
    `insert into charging.fee_item (company_id, id, name, created_at)
      select ${c}, ${feeItemId}, '收费项目' || f, now() from generate_series(1, 10) as f`,
    `insert into charging.tariff (company_id, id, fee_item_id, name, version, basis, area_basis,
        price, effective_from, created_at)
      select ${c}, platform.derived_id(f, 'tariff' || f), ${feeItemId}, '标准', 1, 'area', 'built',
        0.5 + f * 0.23, '2020-01-01', now()
      from generate_series(1, 10) as f`,
    `insert into charging.assignment (company_id, id, community_id, unit_id, fee_item_id,
        tariff_name, from_on, created_at)
      select ${c}, platform.derived_id(i, 'assignment' || i || ' ' || f), ${m}, ${unitId},
        ${feeItemId}, '标准', '2020-01-01', now()
      from generate_series(1, ${all}) as i cross join generate_series(1, 10) as f`,
    'set session_replication_role = origin',
    'vacuum analyze',
  ]) {
    await owner.query(statement);
  }
}
