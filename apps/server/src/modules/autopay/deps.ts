import type { Deps } from '../../platform/deps.ts';
import * as realChannels from '../channels/index.ts';
import type { ChannelsDoor } from '../payment/index.ts';

/** What autopay asks of the channels. Tests put a scriptable channel in its place. */
export interface MandatesDoor {
  readonly signMandate: typeof realChannels.signMandate;
  readonly mandateOf: typeof realChannels.mandateOf;
  readonly announceDebit: typeof realChannels.announceDebit;
  readonly endMandate: typeof realChannels.endMandate;
  readonly routeFeeItems: typeof realChannels.routeFeeItems;
}

/** What callers hand in: the real channels serve unless others are given. */
export type AutopayInputDeps = Deps & {
  readonly channels?: ChannelsDoor;
  readonly mandates?: MandatesDoor;
};
/** What the use-cases work with. */
export type AutopayDeps = AutopayInputDeps & { readonly mandates: MandatesDoor };

export function withMandates(deps: AutopayInputDeps): AutopayDeps {
  return { mandates: realChannels, ...deps };
}
