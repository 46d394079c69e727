import { sql, type Tx } from '../../../platform/database/index.ts';

export interface LinkedTicket {
  readonly ticketId: string;
  readonly unitId: string | null;
  /** As staff see them. */
  readonly openedBy: string;
}

/** The ticket that was given this code, if any. */
export async function ticketOfLink(tx: Tx, accessCode: string): Promise<LinkedTicket | undefined> {
  return await tx.maybe(sql<LinkedTicket>`
    select id as "ticketId", unit_id as "unitId", opened_by as "openedBy" from feedback.ticket
    where company_id = ${tx.companyId} and access_code = ${accessCode}`);
}
