import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { localeOf } from '../i18n/language.ts';
import { type Heard, sentenceFor } from './announcements.ts';
import { browserSpeaker, createVoice } from './voice.ts';

export type VoiceState = 'on' | 'off' | 'waiting' | 'unsupported';

interface VoiceSwitch {
  readonly state: VoiceState;
  readonly announce: (payments: readonly Heard[]) => void;
  readonly wordsOf: (payments: readonly Heard[]) => string;
  readonly toggle: () => void;
}

const storageName = 'wuye-pay voice';

/** The voice of the page with its switch: remembered, and silent until somebody touched the page. */
export function useVoice(): VoiceSwitch {
  const wordsOf = useWords();
  const { t } = useTranslation('payment');
  const [language] = useLanguage();
  const [isWanted, setWanted] = useState(() => localStorage.getItem(storageName) === 'on');
  const isTouched = useTouched();
  const speaker = useMemo(() => browserSpeaker(localeOf(language)), [language]);
  const voice = useMemo(
    () => (speaker ? createVoice(speaker, wordsOf) : undefined),
    [speaker, wordsOf],
  );
  useEffect(() => {
    if (isWanted && isTouched) voice?.unmute();
    return () => voice?.mute();
  }, [voice, isWanted, isTouched]);
  const toggle = () => {
    const next = !isWanted;
    setWanted(next);
    localStorage.setItem(storageName, next ? 'on' : 'off');
    if (next) speaker?.(t('voice.ready'), () => undefined);
    else window.speechSynthesis.cancel();
  };
  const announce = useCallback((payments: readonly Heard[]) => voice?.announce(payments), [voice]);
  const state = speaker ? stateOf(isWanted, isTouched) : 'unsupported';
  return { state, announce, wordsOf, toggle };
}

function stateOf(isWanted: boolean, isTouched: boolean): VoiceState {
  if (!isWanted) return 'off';
  return isTouched ? 'on' : 'waiting';
}

function useWords(): (payments: readonly Heard[]) => string {
  const { t } = useTranslation('payment');
  const [language] = useLanguage();
  const { label } = useChannels();
  return useCallback(
    (payments) => {
      const { key, values } = sentenceFor(payments, language, label);
      return t(key, values);
    },
    [t, language, label],
  );
}

/** Browsers speak only on a page that somebody has clicked or typed on. */
function useTouched(): boolean {
  const [isTouched, setTouched] = useState(() => navigator.userActivation?.hasBeenActive ?? false);
  useEffect(() => {
    if (isTouched) return undefined;
    const touch = () => setTouched(true);
    const events = ['pointerdown', 'keydown'] as const;
    for (const name of events) window.addEventListener(name, touch, { once: true });
    return () => {
      for (const name of events) window.removeEventListener(name, touch);
    };
  }, [isTouched]);
  return isTouched;
}
