import { sql, type Tx } from '../../../platform/database/index.ts';

export interface PrepaymentSetting {
  readonly shortBalance: 'part' | 'wait';
  readonly allowsPart: boolean;
  readonly ceiling: { readonly months: number; readonly source: string } | null;
}

const unlessSaid: PrepaymentSetting = { shortBalance: 'part', allowsPart: true, ceiling: null };

type Row = Omit<PrepaymentSetting, 'ceiling'> & {
  readonly months: number | null;
  readonly source: string | null;
};

export async function settingOf(tx: Tx): Promise<PrepaymentSetting> {
  const row = await tx.maybe(sql<Row>`
    select short_balance as "shortBalance", allows_part as "allowsPart", ceiling_months as months,
      ceiling_source as source
    from prepayment.setting where company_id = ${tx.companyId} and id = ${tx.companyId}`);
  if (!row) return unlessSaid;
  const { months, source, ...rest } = row;
  return { ...rest, ceiling: months === null || source === null ? null : { months, source } };
}
