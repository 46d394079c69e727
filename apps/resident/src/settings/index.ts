import { useSyncExternalStore } from 'react';
import { fontScale, language, setLanguage, storage } from '#platform';
import type { Language } from '../platform/types.ts';
import { type Size, scaleOf, sizeIn } from './size.ts';

export { type Size, sizes } from './size.ts';

/** What a reader chose on this device. The account remembers language and elders' mode as well. */
export interface Settings {
  readonly language: Language;
  /** 长辈版: one column, large targets, fewer things. */
  readonly isElder: boolean;
  readonly size: Size;
  /** How many times the usual size text has. */
  readonly scale: number;
}

type Chosen = Partial<Pick<Settings, 'language' | 'isElder' | 'size'>>;

const listeners = new Set<() => void>();
let present: Settings | undefined;

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings, settings);
}

export function settings(): Settings {
  present ??= read();
  return present;
}

export function changeSettings({ language: next, isElder, size }: Chosen): void {
  if (next !== undefined) setLanguage(next);
  if (isElder !== undefined) storage.write('elder', isElder ? '1' : undefined);
  if (size !== undefined) storage.write('size', size);
  present = read();
  for (const tell of listeners) tell();
}

function read(): Settings {
  const isElder = storage.read('elder') === '1';
  const size = sizeIn(storage.read('size'));
  const scale = scaleOf({ size, isElder, system: fontScale() });
  return { language: language(), isElder, size, scale };
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
