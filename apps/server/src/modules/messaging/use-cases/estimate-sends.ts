import type { Tx } from '../../../platform/database/index.ts';
import { loadBook } from '../book.ts';
import { multiplied } from '../domain/price.ts';
import type { MessageContent, Via } from '../message.ts';

export interface SendEstimate {
  readonly via: Via;
  /** Of what is paid by the segment; else 1. */
  readonly segments: number;
  readonly costYuan: string;
}

/**
 * By which way each message would leave first and what it would cost, as accounts and templates
 * stand. Nothing is written.
 * @returns in the order of the messages; null where no account can bring it
 */
export async function estimateSends(
  tx: Tx,
  messages: readonly { readonly templateKey: string; readonly content: MessageContent }[],
): Promise<(SendEstimate | null)[]> {
  const book = await loadBook(tx);
  const prices = new Map(book.accounts.map(({ id, unitPriceYuan }) => [id, unitPriceYuan]));
  return messages.map(({ templateKey, content }) => {
    for (const [routeNo, route] of content.routes.entries()) {
      const [candidate] = book.candidates(templateKey, content.language, route);
      if (!candidate) continue;
      const { accountId } = candidate;
      const segments = book.write({ templateKey, content, routeNo, accountId }).segments ?? 1;
      const costYuan = multiplied(prices.get(accountId) ?? '0', segments);
      return { via: route.via, segments, costYuan };
    }
    return null;
  });
}
