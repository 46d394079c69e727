import { sum, yuanText } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import type { LeftOutReason } from '../domain/fit.ts';
import type { Mandate } from '../domain/mandate.ts';
import { leftOutWords } from '../domain/words.ts';
import type { CoveredBill } from '../queries/covered-bills.ts';
import { noteLeftOut } from '../store/log-store.ts';
import { tellPayer } from './tell-payer.ts';

/** Tells the payer, once a bill and reason, of bills that their limits keep from being debited. */
export async function tellLeftOut(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'secrets' | 'publicUrl'>,
  mandate: Mandate,
  leftOut: readonly { readonly bill: CoveredBill; readonly reason: LeftOutReason }[],
): Promise<void> {
  const noted = leftOut.map(({ bill, reason }) => ({ billId: bill.id, reason }));
  const fresh = await noteLeftOut(tx, mandate.id, noted, deps.clock.now());
  for (const reason of ['over-debit-limit', 'over-month-limit'] as const) {
    const ids = new Set(fresh.filter((one) => one.reason === reason).map(({ billId }) => billId));
    const bills = leftOut.flatMap(({ bill }) => (ids.has(bill.id) ? [bill] : []));
    if (bills.length === 0) continue;
    const amount = yuanText(sum(bills.map(({ openFen }) => openFen)));
    await tellPayer(tx, deps, {
      mandate,
      about: [reason, derivedId(mandate.id, ...[...ids].sort())],
      templateKey: 'autopay.failed',
      unitIds: [...new Set(bills.map(({ unitId }) => unitId))],
      variables: { amount: { zh: amount, en: amount }, reason: leftOutWords[reason] },
    });
  }
}
