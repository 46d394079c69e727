import type { ReactNode } from 'react';
import { Text, View } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { uiTexts } from './texts.ts';

/** One question a screen: which of them this is. */
export function Steps({ step, count }: { readonly step: number; readonly count: number }) {
  const t = useTexts(uiTexts);
  return (
    <View className="steps" role="status">
      <Text className="hint">{t('stepOf', { step, count })}</Text>
      <View className="steps-bar" ariaHidden>
        {Array.from({ length: count }, (_, index) => (
          <View key={index} className={index < step ? 'steps-dot steps-done' : 'steps-dot'} />
        ))}
      </View>
    </View>
  );
}

export interface TimelineEntry {
  readonly key: string;
  readonly title: ReactNode;
  readonly at?: string | undefined;
  readonly body?: ReactNode;
  readonly kind?: 'plain' | 'good' | 'bad' | undefined;
}

/** What happened when, newest first or last as the caller has it. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <View className="timeline" role="list">
      {entries.map(({ key, title, at, body, kind = 'plain' }) => (
        <View key={key} className={`timeline-entry timeline-${kind}`} role="listitem">
          <Text className="timeline-title">{title}</Text>
          {at !== undefined && <View className="hint">{at}</View>}
          {body !== undefined && <View>{body}</View>}
        </View>
      ))}
    </View>
  );
}
