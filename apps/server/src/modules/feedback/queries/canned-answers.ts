import type { CannedAnswer } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import { type CannedVariable, fillCanned } from '../domain/canned.ts';

type Row = Omit<CannedAnswer, 'updatedAt'> & { readonly updatedAt: Date };

export async function cannedAnswersOf(tx: Tx, id?: string): Promise<CannedAnswer[]> {
  const rows = await tx.many(sql<Row>`
    select id, title, text, text_en as "textEn", category_id as "categoryId",
      updated_at as "updatedAt", updated_by as "updatedBy"
    from feedback.canned_answer
    where company_id = ${tx.companyId} ${id === undefined ? emptySql : sql`and id = ${id}`}
    order by title, id`);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}

interface Facts {
  readonly categoryId: string;
  readonly resident: string;
  readonly unit: string;
  readonly ticketNo: string;
  readonly zh: string;
  readonly en: string;
  readonly company: string;
}

/** Those for the category of a ticket and those for every one, filled in for it. */
export async function cannedFor(
  tx: Tx,
  { ticketId, staff }: { readonly ticketId: string; readonly staff: string },
): Promise<CannedAnswer[]> {
  const facts = await tx.maybe(sql<Facts>`
    select t.category_id as "categoryId", t.opened_by as resident,
      coalesce(u.label, c.name) as unit, t.ticket_no as "ticketNo", g.name as zh,
      g.name_en as en, company.name as company
    from feedback.ticket as t
    join feedback.category as g on g.company_id = t.company_id and g.id = t.category_id
    join estate.pub_community as c on c.company_id = t.company_id and c.id = t.community_id
    left join estate.pub_unit as u on u.company_id = t.company_id and u.id = t.unit_id
    join identity.company as company on company.id = t.company_id
    where t.company_id = ${tx.companyId} and t.id = ${ticketId}`);
  if (!facts) return [];
  const valuesIn = (category: string): Record<CannedVariable, string> => {
    const { resident, unit, ticketNo, company } = facts;
    return { resident, unit, ticketNo, company, category, staff };
  };
  return (await cannedAnswersOf(tx))
    .filter(({ categoryId }) => categoryId === null || categoryId === facts.categoryId)
    .map((answer) => ({
      ...answer,
      text: fillCanned(answer.text, valuesIn(facts.zh)),
      textEn: fillCanned(answer.textEn, valuesIn(facts.en)),
    }));
}
