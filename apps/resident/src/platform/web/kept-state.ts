import { useState } from 'react';
import { place } from './place.ts';

/** State that belongs to one entry of the history and is there again on coming back to it. */
export function useKept<Value>(name: string, first: Value): [Value, (next: Value) => void] {
  const [key] = useState(() => `kept ${place().id} ${place().page} ${name}`);
  const [value, setValue] = useState<Value>(() => read(key) ?? first);
  const set = (next: Value) => {
    setValue(next);
    try {
      sessionStorage.setItem(key, JSON.stringify(next));
    } catch (error) {
      console.warn('the state of this page is not kept', error);
    }
  };
  return [value, set];
}

function read<Value>(key: string): Value | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as Value);
  } catch (error) {
    console.warn('the state of this page is not read', error);
    return undefined;
  }
}
