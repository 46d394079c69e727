import { Descriptions } from 'antd';
import type { ReactNode } from 'react';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Names and values of one thing, in as many columns as the screen has room for. */
export function Facts({ facts, columns = 3 }: { facts: readonly Fact[]; columns?: number }) {
  return (
    <Descriptions
      column={{ xs: 1, sm: Math.min(2, columns), lg: columns }}
      items={facts.map(({ label, value }) => ({ key: label, label, children: value }))}
    />
  );
}
