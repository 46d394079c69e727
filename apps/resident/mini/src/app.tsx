import { useDidShow, useLaunch } from '@tarojs/taro';
import type { ReactNode } from 'react';
import './ui/text.css';
import '../../src/ui/styles.ts';
import './ui/mini.css';
import { follow } from './platform/place.ts';
import { language, nameTabs } from './platform/reader.ts';

export function App({ children }: { readonly children: ReactNode }) {
  useLaunch(({ query }) => {
    nameTabs(language());
    follow(query, false);
  });
  useDidShow((options) => follow(options?.query, true));
  return children;
}
