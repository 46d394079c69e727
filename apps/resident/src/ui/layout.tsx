import type { ReactNode } from 'react';
import { Heading, Text, View } from '#ui';

interface CardProps {
  readonly title?: string | undefined;
  /** At the right of the title. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

export function Card({ title, aside, children }: CardProps) {
  return (
    <View className="card">
      {(title !== undefined || aside !== undefined) && (
        <View className="card-head">
          {title !== undefined && <Heading level={2}>{title}</Heading>}
          {aside}
        </View>
      )}
      {children}
    </View>
  );
}

/** Label and value, one below the other. */
export function Facts({ items }: { readonly items: readonly Fact[] }) {
  return (
    <View className="facts" role="list">
      {items.map(({ label, value }) => (
        <View key={label} className="fact" role="listitem">
          <Text className="fact-label">{label}</Text>
          <View className="fact-value">{value}</View>
        </View>
      ))}
    </View>
  );
}
export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** A word that marks; its text says what its colour says. */
export function Tag({ kind, children }: { readonly kind: TagKind; readonly children: ReactNode }) {
  return <Text className={`tag tag-${kind}`}>{children}</Text>;
}
export type TagKind = 'plain' | 'good' | 'warning' | 'bad';

export function Hint({ children }: { readonly children: ReactNode }) {
  return <View className="hint">{children}</View>;
}

/** Buttons below each other, the first one the most likely. */
export function Buttons({ children }: { readonly children: ReactNode }) {
  return <View className="buttons">{children}</View>;
}
