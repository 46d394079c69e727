import type { AutopayOption } from '@wuye-pay/contract';

type Item = AutopayOption['homes'][number]['items'][number] & { readonly unitId: string };

/** What may be ticked: a neighbour of the home may pay some of it already. */
export function possibleItems({ homes }: AutopayOption): Item[] {
  return homes.flatMap(({ unitId, items }) =>
    items.filter(({ paidBy }) => paidBy !== 'other').map((item) => ({ ...item, unitId })),
  );
}

export function itemKey({ unitId, feeItemId }: Pick<Item, 'unitId' | 'feeItemId'>): string {
  return `${unitId} ${feeItemId}`;
}

/** What is chosen, by home. */
export function homesIn(items: readonly Item[]): { unitId: string; feeItemIds: string[] }[] {
  return [...new Set(items.map(({ unitId }) => unitId))].map((unitId) => ({
    unitId,
    feeItemIds: items.filter((item) => item.unitId === unitId).map((item) => item.feeItemId),
  }));
}
