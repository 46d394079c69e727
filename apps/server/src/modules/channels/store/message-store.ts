import { dayOf } from '../../../platform/clock.ts';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { Message } from '../channel.ts';

export async function insertMessage(
  tx: Tx,
  merchantAccountId: string,
  message: Message,
): Promise<void> {
  const { sentAt } = message;
  await tx.run(sql`
    insert into channels.message (company_id, day, id, merchant_account_id, order_no, verb,
      request, response, status, outcome, duration_ms, sent_at)
    values (${tx.companyId}, ${dayOf(sentAt, 'UTC')}, ${newId(sentAt)}, ${merchantAccountId},
      ${message.orderNo}, ${message.verb}, ${storable(message.request)},
      ${storable(message.response)}, ${message.status}, ${message.outcome},
      ${message.durationMs}, ${sentAt})`);
}

/** PostgreSQL's text cannot hold the character zero. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
