import type { Tx } from '../../../platform/database/index.ts';
import type { OpenBill } from '../../billing/index.ts';
import { paymentState } from '../../payment/index.ts';
import type { CashierDeps } from '../doors.ts';
import type { Payer } from '../payer.ts';

export interface Holds {
  /** Somebody else is paying. */
  readonly isHeldByOther: boolean;
  /** What this payer has begun; `isOver`: its time is over and the channel is being asked. */
  readonly own: { readonly paymentId: string; readonly isOver: boolean } | undefined;
}

/** A unit's bills are held by few payments at a time; more are not looked at. */
const maxHolds = 5;

export async function holdsOf(
  tx: Tx,
  deps: CashierDeps,
  bills: readonly Pick<OpenBill, 'heldBy'>[],
  payer: Payer,
): Promise<Holds> {
  const ids = new Set(bills.flatMap(({ heldBy }) => heldBy ?? []));
  const states = await Promise.all(
    [...ids].slice(0, maxHolds).map((id) => paymentState(tx, id, deps.clock.now())),
  );
  const alive = states.filter((state) => state?.state === 'open' || state?.state === 'processing');
  const isOwn = (key: string | undefined) => key !== undefined && payer.keys.includes(key);
  const own = alive.find((state) => isOwn(state?.payerKey));
  return {
    isHeldByOther: alive.some((state) => !isOwn(state?.payerKey)),
    own: own && { paymentId: own.paymentId, isOver: own.expiresAt <= deps.clock.now() },
  };
}
