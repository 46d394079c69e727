import type { DemoClient } from './client.ts';

interface OpenBill {
  readonly unitId: string;
}

/** A home that has money left, one whose balance is short, and one that has used its own. */
const amountsFen = [1200_00, 50_00, 400_00] as const;

/** Money that was paid ahead in cash; the keys make it the same money on every start. */
export async function ensurePrepayments(client: DemoClient): Promise<void> {
  const bills = await client.get<{ items: OpenBill[] }>('/api/bills?state=open&limit=200');
  const unitIds = [...new Set(bills.items.map(({ unitId }) => unitId))];
  const [first, ...others] = unitIds;
  const chosen = [first, ...others.slice(-2)];
  for (const [index, amountFen] of amountsFen.entries()) {
    const unitId = chosen[index];
    if (unitId === undefined) continue;
    const balance = await client.get<{ changedAt: string | null }>(
      `/api/units/${unitId}/prepayment`,
    );
    if (balance.changedAt !== null) continue;
    await client.post('/api/payments/desk', {
      unitId,
      billIds: [],
      topUpFen: amountFen,
      amountFen,
      method: 'cash',
      idempotencyKey: `demo-ahead-${unitId}`,
    });
    const isUsed = index === amountsFen.length - 1;
    if (isUsed) {
      const idempotencyKey = `demo-use-${unitId}`;
      await client.post(`/api/units/${unitId}/prepayment/uses`, { idempotencyKey });
    }
  }
}
