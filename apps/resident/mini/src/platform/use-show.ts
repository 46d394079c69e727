import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';

/** On arriving, on coming back from another page, and on coming back to the wallet. */
export function useShow(onShow: () => void): void {
  const latest = useRef(onShow);
  useEffect(() => {
    latest.current = onShow;
  });
  const isHidden = useRef(false);
  useEffect(() => latest.current(), []);
  useDidHide(() => {
    isHidden.current = true;
  });
  // The wallet also says so the first time, sometimes before and sometimes after it is drawn.
  useDidShow(() => {
    if (!isHidden.current) return;
    isHidden.current = false;
    latest.current();
  });
}

/** A page of a mini-program stays as it is below the page that was opened on it. */
export function useKept<Value>(_name: string, first: Value): [Value, (next: Value) => void] {
  return useState(first);
}
