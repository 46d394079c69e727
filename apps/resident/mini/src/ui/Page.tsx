import { View } from '@tarojs/components';
import { type CSSProperties, useEffect } from 'react';
import { setTitle } from '#platform';
import { useSettings } from '../../../src/settings/index.ts';
import { OfflineNotice } from '../../../src/ui/OfflineNotice.tsx';
import type { PageProps } from '../../../src/ui/types.ts';
import { useShow } from '../platform/use-show.ts';
import { aria } from './aria.ts';

/** Title, way back and tabs are the wallet's own. */
export function Page({ title, foot, children }: PageProps) {
  const { isElder, scale } = useSettings();
  useEffect(() => setTitle(title), [title]);
  useShow(() => setTitle(title));
  return (
    <View
      className={`page page-mini ${isElder ? 'page-elder' : ''}`}
      style={{ '--k': scale } as CSSProperties}
    >
      <View className="page-body" {...aria({ role: 'main' })}>
        <OfflineNotice />
        {children}
      </View>
      {foot !== undefined && (
        <View className="page-bottom">
          <View className="page-foot">{foot}</View>
        </View>
      )}
    </View>
  );
}
