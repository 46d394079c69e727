const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A code is good for this long, for this many tries, once. */
export const codeLifeMs = 5 * minuteMs;
export const codeTries = 5;
/** What was proved may be spent on the next step within this time. */
export const proofLifeMs = 10 * minuteMs;
export const againMs = minuteMs;

/** How often something may be tried in a window. */
export interface Limit {
  readonly kind: string;
  readonly most: number;
  readonly windowMs: number;
}

/**
 * Codes cost money and annoy whoever gets them. Per phone and address, so that a stranger who asks
 * for somebody's codes does not use up all that this somebody may ask for. A whole housing estate
 * may sit behind one address of a mobile network.
 */
export const codeLimits = {
  again: { kind: 'code-again', most: 1, windowMs: againMs },
  toFromAddress: { kind: 'code-to-from', most: 5, windowMs: dayMs },
  to: { kind: 'code-to', most: 10, windowMs: dayMs },
  addressHour: { kind: 'code-address-hour', most: 60, windowMs: hourMs },
  addressDay: { kind: 'code-address-day', most: 300, windowMs: dayMs },
} as const satisfies Record<string, Limit>;

/** Tries of any code from one address: with 5 a code and 10 codes a phone, guessing is hopeless. */
export const tryLimit: Limit = { kind: 'code-try', most: 120, windowMs: hourMs };

/** Each is a question to the wallet, which answers only so many a day. */
export const walletLimit: Limit = { kind: 'wallet-login', most: 60, windowMs: 10 * minuteMs };

/** Number, door and name: three things to know, and a few tries to get them right. */
export const numberLimits = {
  account: { kind: 'number-account', most: 10, windowMs: dayMs },
  address: { kind: 'number-address', most: 60, windowMs: dayMs },
  unit: { kind: 'number-unit', most: 10, windowMs: dayMs },
} as const satisfies Record<string, Limit>;

/** An invitation has 52 random bits; this spares the database. */
export const invitationLimits = {
  account: { kind: 'invitation-account', most: 30, windowMs: dayMs },
  address: { kind: 'invitation-address', most: 200, windowMs: dayMs },
} as const satisfies Record<string, Limit>;

export const invitationLifeMs = 7 * dayMs;
/** Open ones at a home. */
export const mostInvitations = 10;
/** With access to one home at a time. */
export const mostPeople = 30;
/** Homes of one account; somebody with more is a firm. */
export const mostHomes = 100;
/** Open applications of one account. */
export const mostApplications = 5;
export const mostPhotos = 3;
export const mostPhotoBytes = 2 * 1024 * 1024;
/** Devices of one account; the one not seen for longest goes. */
export const mostDevices = 10;
