/** A text up to here is one segment. */
const single = 70;
/** In a longer one, six of each segment's bytes say how the parts belong together. */
const part = 67;

/** UTF-16 units; every character, Chinese or letter or blank, counts one. */
export function segmentsOf(text: string): number {
  return text.length <= single ? 1 : Math.ceil(text.length / part);
}

/** What operators accept as the way to refuse; the rule is in force since 2015 for marketing. */
const optOut = { zh: '拒收请回复R', en: ' Reply R to stop' } as const;

/** The whole text as it arrives and is counted: the signature's brackets count two. */
export function smsText(
  { signature, body }: { readonly signature: string; readonly body: string },
  { isMarketing, language }: { readonly isMarketing: boolean; readonly language: 'zh' | 'en' },
): string {
  const end = isMarketing && !body.includes(optOut[language].trim()) ? optOut[language] : '';
  return `【${signature}】${body}${end}`;
}
