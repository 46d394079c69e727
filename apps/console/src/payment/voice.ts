import { type Heard, nextTurn } from './announcements.ts';

/** Says one sentence and calls back when it has been said, or cannot be. */
export type Speaker = (text: string, onEnd: () => void) => void;

export interface Voice {
  /** Says them one after the other; while muted nothing is kept for later. */
  announce(payments: readonly Heard[]): void;
  mute(): void;
  unmute(): void;
}

/** Announces payments one at a time, in words that `wordsOf` finds for one or several. */
export function createVoice(
  speak: Speaker,
  wordsOf: (payments: readonly Heard[]) => string,
): Voice {
  let queue: readonly Heard[] = [];
  let isSpeaking = false;
  let isMuted = true;

  function goOn(): void {
    if (isSpeaking || isMuted) return;
    const turn = nextTurn(queue);
    if (!turn) return;
    queue = turn.waiting;
    isSpeaking = true;
    speak(wordsOf(turn.say), () => {
      isSpeaking = false;
      goOn();
    });
  }

  return {
    announce(payments) {
      if (isMuted) return;
      queue = [...queue, ...payments];
      goOn();
    },
    mute() {
      isMuted = true;
      queue = [];
    },
    unmute() {
      isMuted = false;
    },
  };
}

/** The browser's own voice. Undefined where it has none. */
export function browserSpeaker(language: 'zh-CN' | 'en'): Speaker | undefined {
  if (!('speechSynthesis' in window)) return undefined;
  return (text, onEnd) => {
    const sentence = new SpeechSynthesisUtterance(text);
    sentence.lang = language;
    sentence.onend = onEnd;
    sentence.onerror = onEnd;
    window.speechSynthesis.speak(sentence);
  };
}
