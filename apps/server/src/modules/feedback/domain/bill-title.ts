/** "2026年11月 物业费", for readers of both languages: the fee's name is the company's. */
export function billTitle(bill: { readonly month: string; readonly feeItemName: string }): string {
  return `${bill.month.slice(0, 7).replace('-', '年')}月 ${bill.feeItemName}`;
}
