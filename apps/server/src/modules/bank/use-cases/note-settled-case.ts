import { fen } from '@wuye-pay/money';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { settledCase } from '../queries/settled-case.ts';
import { recordMatch } from '../store/entry-store.ts';

/**
 * Notes what two people settled with the money of an entry, on whatever page they did it, so that
 * the entry shows it and the payer is known next time. Told twice, it is noted once.
 */
export async function noteSettledCase(
  deps: Pick<Deps, 'db'>,
  { companyId, paymentId }: { readonly companyId: string; readonly paymentId: string },
): Promise<void> {
  await deps.db.transaction(companyId, async (tx) => {
    const settled = await settledCase(tx, paymentId);
    if (!settled) return;
    const { requestedBy, decidedBy, decidedAt, amountFen, ...rest } = settled;
    await recordMatch(tx, {
      ...rest,
      id: derivedId(companyId, 'bank-match', paymentId),
      paymentId,
      amountFen: fen(amountFen),
      matchedBy: decidedBy === null ? requestedBy : `${requestedBy}、${decidedBy}`,
      matchedAt: decidedAt,
    });
  });
}
