/** What a company begins with; every company may change names, receivers and hours. */
export interface BuiltInCategory {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly isDispute: boolean;
  readonly firstReplyMinutes: number;
  readonly resolveMinutes: number;
}

/** Of an office that works nine and a half hours. */
const day = 570;

export const builtInCategories: readonly BuiltInCategory[] = [
  category('dispute', '账单异议', 'Dispute of a bill', { isDispute: true, days: 3 }),
  category('payment', '缴费问题', 'Trouble with a payment', { days: 1 }),
  category('repair', '报修', 'Repair', { days: 3 }),
  category('cleaning', '保洁绿化', 'Cleaning and green', { days: 2 }),
  category('security', '秩序安全', 'Order and safety', { days: 1 }),
  category('parking', '车辆停放', 'Parking', { days: 2 }),
  category('complaint', '投诉', 'Complaint', { days: 3 }),
  category('suggestion', '建议与其他', 'Suggestion and other', { days: 5 }),
];

function category(
  code: string,
  name: string,
  nameEn: string,
  { isDispute = false, days }: { readonly isDispute?: boolean; readonly days: number },
): BuiltInCategory {
  const [firstReplyMinutes, resolveMinutes] = [120, days * day];
  return { code, name, nameEn, isDispute, firstReplyMinutes, resolveMinutes };
}
