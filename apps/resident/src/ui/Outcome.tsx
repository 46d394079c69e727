import type { ReactNode } from 'react';
import { Heading, View } from '#ui';
import { Icon, type IconName } from './Icon.tsx';

interface OutcomeProps {
  readonly icon: IconName;
  readonly tone?: 'good' | 'warning' | undefined;
  readonly title: string;
  readonly children?: ReactNode;
}

/** How something ended that was done elsewhere, read out when it changes. */
export function Outcome({ icon, tone, title, children }: OutcomeProps) {
  return (
    <View className={tone ? `outcome outcome-${tone}` : 'outcome'} role="status">
      <Icon name={icon} />
      <Heading level={2}>{title}</Heading>
      {children}
    </View>
  );
}
