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

/** A message as one way would show it. */
export interface ShownSend {
  readonly via: Via;
  readonly accountName: string;
  readonly title: string;
  /** Of an SMS the whole text, signature included. */
  readonly text: string;
  /** The lines of a card, where the provider fills its own template. */
  readonly places: readonly { readonly place: string; readonly value: string }[];
  readonly segments: number | null;
  readonly costYuan: string;
}

/** One message by every way that could bring it, in the order of its routes. Nothing is written. */
export async function showSends(
  tx: Tx,
  { templateKey, content }: { readonly templateKey: string; readonly content: MessageContent },
): Promise<ShownSend[]> {
  const book = await loadBook(tx);
  const shown = new Map<Via, ShownSend>();
  for (const [routeNo, route] of content.routes.entries()) {
    const [candidate] = book.candidates(templateKey, content.language, route);
    const account = book.accounts.find(({ id }) => id === candidate?.accountId);
    if (!account || shown.has(route.via)) continue;
    const input = { templateKey, content, routeNo, accountId: account.id };
    const { outgoing, segments, wholeText } = book.write(input);
    const { title, body, templateId, places } = outgoing;
    shown.set(route.via, {
      via: route.via,
      accountName: account.name,
      title,
      text: route.via === 'sms' ? wholeText : body,
      places: templateId === '' || route.via === 'sms' ? [] : places,
      segments,
      costYuan: multiplied(account.unitPriceYuan, segments ?? 1),
    });
  }
  return [...shown.values()];
}
