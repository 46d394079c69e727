import { entryOf, tabs } from '../../../src/pages.ts';
import type { Language } from '../../../src/platform/types.ts';
import { walletApp } from './wallet-app.ts';

const prefix = 'wuye ';

export const storage = {
  read(name: string): string | undefined {
    try {
      return walletApp.read(prefix + name);
    } catch (error) {
      console.warn('nothing can be read from this phone', error);
      return undefined;
    }
  },
  write(name: string, text: string | undefined): void {
    try {
      walletApp.write(prefix + name, text);
    } catch (error) {
      console.warn('this phone stores nothing', error);
    }
  },
};

export function fontScale(): number {
  const scale = walletApp.fontScale();
  return scale > 0 ? scale : 1;
}

export function language(): Language {
  const chosen = storage.read('language');
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return /^en/i.test(walletApp.systemLanguage()) ? 'en' : 'zh';
}

export function setLanguage(next: Language): void {
  storage.write('language', next);
  nameTabs(next);
}

/** The tab bar is the wallet's own and was built in Chinese. */
export function nameTabs(now: Language): void {
  tabs.forEach((tab, index) => walletApp.setTab(index, entryOf(tab).title[now]));
}

export function setTitle(title: string): void {
  walletApp.setTitle(title);
}
