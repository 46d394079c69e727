import { type Statement, sql, type Tx } from '../../../platform/database/index.ts';

export interface PhotoReader {
  readonly photoId: string;
  readonly reader:
    | { readonly kind: 'staff'; readonly id: string }
    | { readonly kind: 'resident'; readonly id: string }
    /** Holds the link of the ticket. */
    | { readonly kind: 'link'; readonly ticketId: string };
}

/**
 * Staff see what was sent, and what they uploaded themselves; a resident what belongs to their own
 * tickets and is no note; the holder of a link what belongs to that ticket and is no note.
 */
export async function photoFor(
  tx: Tx,
  { photoId, reader }: PhotoReader,
): Promise<{ readonly cipher: Buffer; readonly mediaType: string } | undefined> {
  return await tx.maybe(sql<{ cipher: Buffer; mediaType: string }>`
    select p.cipher, p.media_type as "mediaType"
    from feedback.photo as p
    left join feedback.ticket as t on t.company_id = p.company_id and t.id = p.ticket_id
    left join feedback.entry as e on e.company_id = p.company_id and e.id = p.entry_id
    where p.company_id = ${tx.companyId} and p.id = ${photoId} and (${seenBy(reader)})`);
}

function seenBy(reader: PhotoReader['reader']): Statement {
  const own = sql`p.owner_key = ${`${reader.kind}/${'id' in reader ? reader.id : ''}`}`;
  switch (reader.kind) {
    case 'staff':
      return sql`p.ticket_id is not null or ${own}`;
    case 'resident':
      return sql`(t.account_id = ${reader.id} and e.kind <> 'note') or ${own}`;
    case 'link':
      return sql`p.ticket_id = ${reader.ticketId} and e.kind <> 'note'`;
  }
}
