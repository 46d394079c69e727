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
      return result.code in description.testWords ? 'sick' : 'refused';
    case 'unknown':
      return 'sick';
  }
}

/** Any clear answer is good, also that there is no such order. */
export function verdictOfQuery(result: TradeState): Verdict {
  return result.state === 'unknown' ? 'sick' : 'good';
}
