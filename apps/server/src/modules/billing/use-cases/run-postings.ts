import { type AccountCode, account } from '../../ledger/index.ts';
import type { FeeItemTotal } from '../queries/run-figures.ts';

/** Issued bills: debit receivable, credit what the fee item is for; one transfer a fee item. */
export function issueTransfers(communityId: string, totals: readonly FeeItemTotal[]) {
  return totals.map((total) => ({
    debit: account.receivable(communityId, total.feeItemId),
    credit: chargeAccount({ ...total, communityId }),
    amountFen: total.amountFen,
  }));
}

/** Voided bills: the same, the other way round. */
export function voidTransfers(communityId: string, totals: readonly FeeItemTotal[]) {
  return issueTransfers(communityId, totals).map(({ debit, credit, amountFen }) => ({
    debit: credit,
    credit: debit,
    amountFen,
  }));
}

/** What a fee item is charged for: income, a deposit, or money for somebody else. */
export function chargeAccount({
  communityId,
  feeItemId,
  category,
}: Pick<FeeItemTotal, 'feeItemId' | 'category'> & { readonly communityId: string }): AccountCode {
  switch (category) {
    case 'income':
      return account.revenue(communityId, feeItemId);
    case 'deposit':
      return account.deposit(communityId, feeItemId);
    case 'agency':
      return account.agency(communityId, feeItemId);
  }
}
