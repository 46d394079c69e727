import { fen, yuanAmount } from '@wuye-pay/money';
import type { ReactNode } from 'react';

/** An amount of whole fen as ¥1,254.70, its digits as wide as each other. */
export function Money({
  fen: amount,
  strong,
}: {
  readonly fen: number;
  readonly strong?: boolean;
}) {
  const text = yuanAmount(fen(amount));
  return <span className="money">{strong ? <strong>{text}</strong> : text}</span>;
}

/** The column of a table that holds amounts. */
export function moneyColumn<Row>(
  title: ReactNode,
  amountOf: (row: Row) => number,
  key: string,
): {
  title: ReactNode;
  key: string;
  align: 'right';
  render: (value: unknown, row: Row) => ReactNode;
} {
  return { title, key, align: 'right', render: (_value, row) => <Money fen={amountOf(row)} /> };
}
