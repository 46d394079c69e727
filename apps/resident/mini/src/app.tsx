import { useLaunch } from '@tarojs/taro';
import type { ReactNode } from 'react';
import './ui/text.css';
import '../../src/ui/styles.ts';
import './ui/mini.css';
import { language, nameTabs } from './platform/reader.ts';

export function App({ children }: { readonly children: ReactNode }) {
  useLaunch(() => nameTabs(language()));
  return children;
}
