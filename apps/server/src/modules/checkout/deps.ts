import type { Deps } from '../../platform/deps.ts';
import type { CashierDeps, CashierDoors } from '../cashier/index.ts';

/** The pages and the description of channels are the cashier's; links of messages are reminders'. */
export interface CheckoutDoors extends CashierDoors {
  /** @throws what says that the link is unknown or over */
  roomCodeOfLink(deps: Pick<Deps, 'db' | 'clock'>, code: string): Promise<string>;
}

export type CheckoutDeps = CashierDeps & { readonly doors: CheckoutDoors };
