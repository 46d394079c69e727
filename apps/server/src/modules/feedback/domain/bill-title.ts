/** "2026年6月 物业费", for readers of both languages: the fee's name is the company's. */
export function billTitle(bill: { readonly month: string; readonly feeItemName: string }): string {
  const [year, month] = bill.month.split('-');
  return `${year}年${Number(month)}月 ${bill.feeItemName}`;
}
