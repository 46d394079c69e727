import type { PrepayResult, TradeState } from './channel.ts';
import type { ChannelDescription } from './description.ts';
import type { Verdict } from './domain/health.ts';

/**
 * What a new order says of its account. A refusal with a code that the channel's description
 * explains for the test call is about the account itself: every order would get it.
 */
export function verdictOfPrepay(description: ChannelDescription, result: PrepayResult): Verdict {
  switch (result.state) {
    case 'accepted':
    case 'paid':
      return 'good';
    case 'refused':
      return isOfAccount(description, result.code) ? 'sick' : 'refused';
    case 'unknown':
      return 'sick';
  }
}

/**
 * Refusals of one product that was not opened, or of too many calls at once, say nothing of the
 * others: they must not divert everybody's money.
 */
const ofOneCall = /NO_?AUTH|PERMISSION|ACCESS_FORBIDDEN|FREQUENCY|RATE_?LIMIT|TOO_MANY/;

function isOfAccount({ testWords }: ChannelDescription, code: string): boolean {
  return Object.hasOwn(testWords, code) && !ofOneCall.test(code);
}

/** Any clear answer is good, also that there is no such order. */
export function verdictOfQuery(result: TradeState): Verdict {
  return result.state === 'unknown' ? 'sick' : 'good';
}
