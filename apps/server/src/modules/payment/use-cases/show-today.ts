import type { Today } from '@wuye-pay/contract';
import { sum } from '@wuye-pay/money';
import type { Deps } from '../../../platform/deps.ts';
import { controlTotals } from '../../billing/index.ts';
import { paymentsOfDay } from '../queries/today.ts';

/** The dashboard: what came in today and what is open. */
export async function showToday(
  deps: Pick<Deps, 'db' | 'clock'>,
  companyId: string,
): Promise<Today> {
  return await deps.db.read(companyId, async (tx) => {
    const [day, totals] = await Promise.all([
      paymentsOfDay(tx, deps.clock.now()),
      controlTotals(tx),
    ]);
    return { ...day, openFen: sum(totals.map(({ openFen }) => openFen)) };
  });
}
