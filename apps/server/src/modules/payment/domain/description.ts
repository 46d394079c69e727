/** The channel takes 127 bytes or characters (it does not say which); a Chinese one has 3 bytes. */
const maxBytes = 120;

/** What the payer reads in the wallet: "阳光花园 3栋1单元301 物业费等", "阳光花园 3栋301等2套 物业费". */
export function descriptionOf(order: {
  readonly communityName: string;
  readonly label: string;
  readonly homes: number;
  readonly feeItems: readonly string[];
  readonly isTopUp: boolean;
}): string {
  const [first = order.isTopUp ? '预存' : '物业费', ...others] = [...new Set(order.feeItems)];
  const fees = others.length > 0 ? `${first}等` : first;
  const homes = order.homes > 1 ? `${order.label}等${order.homes}套` : order.label;
  return shortened(`${order.communityName} ${homes} ${fees}`);
}

function shortened(text: string): string {
  let kept = '';
  for (const letter of text) {
    if (Buffer.byteLength(kept + letter) > maxBytes) break;
    kept += letter;
  }
  return kept;
}
