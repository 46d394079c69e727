import type {
  NewMerchantAccount,
  PayInstructions,
} from '../../apps/server/src/modules/channels/index.ts';
import type { Control } from './stand.ts';

/** Where a driver finds the simulator. */
export interface AtSimulator {
  readonly control: Control;
  readonly url: string;
}

/** What the kit has to know of a channel that its description does not say. */
export interface Driver {
  /** Its name in registry.ts and in the control API of the simulator. */
  readonly channel: string;
  /**
   * Registers the `serial`-th merchant of a run at the simulator.
   * @returns the merchant account as an administrator would enter it
   */
  register(at: AtSimulator, serial: number): Promise<Omit<NewMerchantAccount, 'channel' | 'name'>>;
  /** The same account as it is after somebody pasted a key that does not belong to it. */
  readonly wrongKey: Readonly<Record<string, string>>;
  /**
   * What the payer's device does with the instructions before the payer can decide: opens the
   * page, posts the form. Left out: the order is at the channel as soon as it is placed.
   */
  readonly open?: (at: AtSimulator, instructions: PayInstructions) => Promise<unknown>;
  /** Left out: `closes`. `expires`: there is no close, an order ends with its time. */
  readonly unpaidOrders?: 'closes' | 'expires';
  /** The places of the simulator's faults that strike a close and a reversal. */
  readonly closeFaults?: { readonly close: string; readonly reversal: string };
  /** Faults that a close survives, because nothing of its answer is read but that it is signed. */
  readonly harmlessAtClose?: readonly string[];
  /** ms for which the channel refuses to reverse a payer's code; 0 when left out. */
  readonly reversalWaitMs?: number;
  /** Other channels whose payers show the codes of the same wallet. */
  readonly sameCodesAs?: readonly string[];
  /** Whether the channel tells us of refunds by itself. */
  readonly refundNotices: boolean;
  /**
   * New secrets of ours: saved here first, as the guide says, then entered at the provider.
   * Notices in between still come under the old ones.
   */
  renew(
    at: AtSimulator,
    serial: number,
  ): Promise<{
    readonly credentials: Readonly<Record<string, string>>;
    enter(): Promise<unknown>;
  }>;
  /**
   * Left out: a notice says which key signed it, or that key is known before. `answers`: a new
   * key is only learnt from the next answer of the channel; a notice before it comes again.
   */
  readonly newKeyComesBy?: 'answers';
  /**
   * Lets the channel change its signing key; left out where it has none.
   * @returns what is pasted, where keys do not come by download or chain; and what makes the
   *   channel sign with the new key, where it announces one first
   */
  readonly changeChannelKey?: (
    at: AtSimulator,
    mchId: string,
  ) => Promise<{
    readonly credentials?: Readonly<Record<string, string>>;
    switchOver?(): Promise<unknown>;
  }>;
}
