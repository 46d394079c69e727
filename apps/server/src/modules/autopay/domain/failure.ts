/**
 * Why a debit came to nothing. `failed` debits were asked for at the channel; `dropped` ones never
 * started.
 */
export type EndCode =
  // Asked for at the channel.
  | 'no-money'
  | 'wallet-limit'
  | 'wallet-refused'
  | 'mandate-ended'
  | 'not-answered'
  | 'taken-over'
  | 'other'
  // Never started.
  | 'stopped'
  | 'home-left'
  | 'bills-changed'
  | 'over-limit'
  | 'late'
  | 'notice-refused'
  | 'not-reached'
  | 'unskipped';

interface Meaning {
  readonly code: EndCode;
  /** Another day may do. */
  readonly isRetried: boolean;
}

/** Codes and words of the channels, most telling first. */
const meanings: readonly (readonly [RegExp, Meaning])[] = [
  [
    /NOTENOUGH|BALANCE_NOT_ENOUGH|BANKCARD_BALANCE|CREDIT_NOT_ENOUGH|余额不足|额度不足/,
    { code: 'no-money', isRetried: true },
  ],
  [/CONTRACT|AGREEMENT|MANDATE_NOT_ACTIVE|解约|协议/, { code: 'mandate-ended', isRetried: false }],
  [
    /RULELIMIT|QUOTA|LIMIT|EXCEED|DATE_NOT_MATCH|BEYOND|限额|上限/,
    { code: 'wallet-limit', isRetried: true },
  ],
  [
    /NOAUTH|ACCOUNT|USER_STATUS|FORBID|RISK|BLOCKED|PAYER|冻结|注销|风险/,
    { code: 'wallet-refused', isRetried: false },
  ],
];

/** @param told the channel's code or words, or null where it said nothing but "closed" */
export function meaningOf(told: string | null, closeReason: string | null): Meaning {
  if (closeReason === 'taken-over') return { code: 'taken-over', isRetried: false };
  if (told === null) {
    return closeReason === 'expired' || closeReason === 'channel-closed'
      ? { code: 'not-answered', isRetried: true }
      : { code: 'other', isRetried: true };
  }
  const found = meanings.find(([pattern]) => pattern.test(told));
  return found?.[1] ?? { code: 'other', isRetried: true };
}
