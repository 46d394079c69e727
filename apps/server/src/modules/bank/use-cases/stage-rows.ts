import type { BankRuleView } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId, newId } from '../../../platform/id.ts';
import { createCounter, identityOf, type StatementEntry } from '../domain/entry.ts';
import { maskAccount, maskCounterparty, maskText } from '../domain/mask.ts';
import { notPaymentKind } from '../domain/not-payment.ts';
import { counterpartyIndex, nameIndexOf, sealEntry } from '../entry-secrets.ts';
import type { StagedRow } from '../store/row-store.ts';

export interface StagingContext {
  readonly companyId: string;
  readonly accountId: string;
  readonly rules: readonly BankRuleView[];
}

/**
 * Makes rows to put aside of the entries of one file, in its order. The id of an entry follows
 * from what it says, so that another file brings the same one.
 */
export function createStager(
  deps: Pick<Deps, 'clock' | 'secrets'>,
  { companyId, accountId, rules }: StagingContext,
): (entries: readonly StatementEntry[]) => StagedRow[] {
  const countEqual = createCounter();
  const active = rules.filter(({ isActive }) => isActive);
  return (entries) =>
    entries.map((entry) => ({
      id: newId(deps.clock.now()),
      entryId: derivedId(companyId, accountId, identityOf(entry, countEqual(entry))),
      entry,
      counterpartyMasked: maskCounterparty(entry.counterpartyName),
      counterpartyAccountMasked: maskAccount(entry.counterpartyAccount),
      counterpartyIndex: counterpartyIndex(deps.secrets, companyId, entry),
      nameIndex: nameIndexOf(deps.secrets, companyId, entry.counterpartyName),
      textShown: maskText(entry.text).slice(0, 500),
      sealed: sealEntry(deps.secrets, companyId, entry),
      notPaymentKind: notPaymentKind(entry, active),
    }));
}
