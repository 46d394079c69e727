import { keepSession, replace, returnTo } from '#platform';
import type { Answer } from '../api/index.ts';
import { forgetAnswers } from '../data/index.ts';

type SignedIn = Answer<'POST /api/resident/session/phone'>;

/**
 * Goes on as whoever just signed in: to where they were, or to bind a home while they have none.
 * An invitation comes first: it is the home.
 */
export function startSession({ token, me }: SignedIn, back?: string): void {
  if (token !== null) keepSession(token);
  forgetAnswers();
  const isLed = back !== undefined && /(^|\/)invitation[/?]|[?&]code=/.test(back);
  if (me.homes === 0 && !isLed) replace('bind');
  else returnTo(back);
}
