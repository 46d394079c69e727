import type { ReactNode } from 'react';
import { Text, View } from '#ui';
import { Icon } from './Icon.tsx';

interface NoticeProps {
  readonly kind: 'info' | 'good' | 'warning' | 'bad';
  readonly title?: string | undefined;
  readonly children?: ReactNode;
}

/** Something to know, told by icon and words; whoever listens hears it when it appears. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <View className={`notice notice-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <Icon name={icons[kind]} />
      <View className="notice-words">
        {title !== undefined && <Text className="notice-title">{title}</Text>}
        {children !== undefined && <View>{children}</View>}
      </View>
    </View>
  );
}

const icons = { info: 'info', good: 'done', warning: 'warning', bad: 'warning' } as const;
