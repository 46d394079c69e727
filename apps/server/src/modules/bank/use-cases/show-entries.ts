import type { BankEntryView, UnitReference } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { printedReference } from '../domain/reference.ts';
import { readAmount } from '../domain/statement/amount-text.ts';
import { counterpartyIndex } from '../entry-secrets.ts';
import { bankErrors } from '../errors.ts';
import { type EntryQuery, type EntrySearch, listEntries } from '../queries/entries.ts';
import { hasCommunity, listReferences } from '../queries/guide.ts';

const defaultLimit = 50;

export type EntriesInput = Omit<EntryQuery, 'after' | 'limit' | 'search'> & {
  readonly search?: string;
  readonly after?: string;
  readonly limit?: number;
};

export function showEntries(
  deps: Pick<Deps, 'db' | 'secrets'>,
  companyId: string,
  { after, limit = defaultLimit, search, ...filter }: EntriesInput,
): Promise<ListPage<BankEntryView>> {
  const mark = readMark(after, [markForms.day, markForms.id]);
  const text = search?.trim() ?? '';
  const wanted = text === '' ? {} : { search: searchOf(deps, companyId, text) };
  return deps.db.read(companyId, async (tx) => {
    const query = { ...filter, ...wanted, after: mark, limit: limit + 1 };
    const rows = await listEntries(tx, query);
    return pageOf(
      rows,
      limit,
      (each) => each,
      ({ bookedOn, id }) => [bookedOn, id],
    );
  });
}

/** Names and accounts are encrypted: they are found whole, or not at all. */
function searchOf(deps: Pick<Deps, 'secrets'>, companyId: string, text: string): EntrySearch {
  const index = (name: string, account: string) =>
    counterpartyIndex(deps.secrets, companyId, {
      counterpartyName: name,
      counterpartyAccount: account,
    });
  const indexes = [index(text, ''), index('', text)].flatMap((each) => each ?? []);
  const amount = readAmount(text);
  return { text, indexes, amountFen: amount && amount > 0 ? amount : null };
}

export function showReferences(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  input: { readonly communityId: string; readonly after?: string; readonly limit?: number },
): Promise<ListPage<UnitReference>> {
  const { communityId, after, limit = defaultLimit } = input;
  const mark = readMark(after, [markForms.text, markForms.id]);
  return deps.db.read(companyId, async (tx) => {
    if (!(await hasCommunity(tx, communityId))) throw bankErrors.TRANSFER_COMMUNITY_NOT_FOUND();
    const rows = await listReferences(tx, { communityId, after: mark, limit: limit + 1 });
    return pageOf(
      rows,
      limit,
      ({ sortKey: _key, ...row }) => ({
        ...row,
        referencePrinted: row.reference && printedReference(row.reference),
      }),
      ({ sortKey, unitId }) => [sortKey, unitId],
    );
  });
}
