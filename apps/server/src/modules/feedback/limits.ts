const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** How often one may do something in a window; what counts is named by the caller. */
export interface Quota {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** Somebody signed in: more in a day is a mistake or a script. */
export const accountTickets: Quota = { name: 'account-tickets', limit: 20, windowMs: dayMs };
export const accountMessages: Quota = { name: 'account-messages', limit: 60, windowMs: dayMs };
export const accountPhotos: Quota = { name: 'account-photos', limit: 60, windowMs: dayMs };

/** Somebody behind a room code: by browser or wallet, by address, by phone, and by the home. */
export const visitorTickets: Quota = { name: 'visitor-tickets', limit: 5, windowMs: dayMs };
export const addressTickets: Quota = { name: 'address-tickets', limit: 10, windowMs: dayMs };
export const phoneTickets: Quota = { name: 'phone-tickets', limit: 5, windowMs: dayMs };
export const homeTickets: Quota = { name: 'home-tickets', limit: 20, windowMs: dayMs };
export const visitorMessages: Quota = { name: 'visitor-messages', limit: 30, windowMs: dayMs };

export const visitorPhotos: Quota = { name: 'visitor-photos', limit: 30, windowMs: dayMs };
export const homePhotos: Quota = { name: 'home-photos', limit: 60, windowMs: dayMs };

/** Forms that one address may send, and unknown links it may open; an office may sit behind one. */
export const askingLimit = { limit: 30, windowMs: 10 * minuteMs };
export const guessingLimit = { limit: 30, windowMs: 10 * minuteMs };

/** A photo as it arrives; phones make 3 to 8 MB, and it is kept much smaller. */
export const maxPhotoBytes = 12 * 1024 * 1024;
/** Uploaded and not sent within a day: deleted. */
export const loosePhotoMs = dayMs;
/** Of somebody without an account. */
export const maxVisitorPhotos = 3;

/** A bill may be disputed again after an answer, once. */
export const maxDisputesOfBill = 2;
/** Two surveys of one account are at least so far apart. */
export const surveyGapMs = 90 * dayMs;
/** Asked when the payment is fresh, or not at all. */
export const surveyWithinMs = 2 * dayMs;
/** After the score there is room for words so long. */
export const wordsAfterMs = 15 * minuteMs;
/** A message about progress is of no use later. */
export const messageLifeMs = 3 * dayMs;
