import { monthOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { startPayment } from '../../payment/index.ts';
import { reach } from '../checkpoints.ts';
import type { AutopayDeps } from '../deps.ts';
import { instantOf, startableAt } from '../domain/calendar.ts';
import { type BillNow, type Charge, chargeOf } from '../domain/charge.ts';
import type { Mandate } from '../domain/mandate.ts';
import { debitHours, laterMs, noticeMs } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { billsNow } from '../queries/debit-check.ts';
import {
  type Debit,
  lockDebit,
  markStarted,
  usedInMonth,
  workAgainAt,
} from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import { lockMandate, stateAtChannel } from '../store/mandate-store.ts';
import { type DropCode, dropDebit } from './drop-debit.ts';
import type { Held } from './held-debit.ts';

/** Between the look and the payment somebody stopped, skipped or changed something. */
class NotNow extends Error {}

type Look =
  | { readonly kind: 'go'; readonly charge: Charge<BillNow>; readonly mandate: Mandate }
  | { readonly kind: 'wait'; readonly at: Date }
  | { readonly kind: 'drop'; readonly code: DropCode }
  | { readonly kind: 'over' };

/**
 * Asks for an announced debit. Payment and debit are recorded in one transaction that holds the
 * mandate's row, so a debit has one payment, and after a stop none.
 */
export async function start(deps: AutopayDeps, held: Held): Promise<void> {
  const { companyId, debit, token } = held;
  reach(deps, 'autopay.start.claimed');
  const seen = await deps.db.transaction(companyId, async (tx): Promise<Look> => {
    const found = await look(tx, deps, held);
    if (found.kind === 'drop') await dropDebit(tx, deps, debit, found.code);
    if (found.kind === 'wait') await workAgainAt(tx, debit.id, { at: found.at, token });
    return found;
  });
  if (seen.kind !== 'go') return;
  try {
    await pay(deps, held, seen);
  } catch (error) {
    if (!isExpected(error)) throw error;
    const code = error instanceof AppError ? error.code : error.message;
    deps.log.info({ companyId, debitId: debit.id, code }, 'a debit did not start, or was refused');
    const at = new Date(deps.clock.now().getTime() + laterMs);
    await deps.db.transaction(companyId, (tx) => workAgainAt(tx, debit.id, { at, token }));
  }
}

/** Without the channel: what holds back a debit now, if anything does. */
async function look(tx: Tx, deps: AutopayDeps, { debit, token }: Held): Promise<Look> {
  const locked = await lockAll(tx, debit);
  if (!locked || locked.current.claimToken !== token) return { kind: 'over' };
  const { mandate, current } = locked;
  const { timeZone } = await companyOf(tx);
  const now = deps.clock.now();
  const told = [current.noticedAt, current.channelNoticedAt].filter((at) => at !== null);
  const at = startableAt(current.debitOn, told, { noticeMs, hours: debitHours, timeZone });
  if (!at || now >= instantOf(current.debitOn, debitHours.to, timeZone)) {
    return { kind: 'drop', code: 'late' };
  }
  if (now < at) return { kind: 'wait', at };
  const charge = chargeOf(await billsNow(tx, debit.id));
  if (charge.bills.length === 0) return { kind: 'drop', code: 'bills-changed' };
  if (await isOverLimit(tx, mandate, current, charge.amountFen)) {
    return { kind: 'drop', code: 'over-limit' };
  }
  return { kind: 'go', charge, mandate };
}

/** Mandate, then debit; undefined when the debit may not start any more. */
async function lockAll(
  tx: Tx,
  { id, mandateId }: Pick<Debit, 'id' | 'mandateId'>,
): Promise<{ mandate: Mandate; current: Debit } | undefined> {
  const mandate = await lockMandate(tx, mandateId);
  const current = await lockDebit(tx, id);
  if (mandate?.state !== 'active' || current?.state !== 'announced') return undefined;
  const atChannel = await stateAtChannel(tx, mandate);
  return atChannel?.state === 'active' ? { mandate, current } : undefined;
}

async function isOverLimit(
  tx: Tx,
  mandate: Mandate,
  debit: Debit,
  amountFen: number,
): Promise<boolean> {
  const month = monthOf(debit.debitOn);
  const used = await usedInMonth(tx, { mandateId: mandate.id, month, except: debit.id });
  return amountFen > mandate.limitDebitFen || used + amountFen > mandate.limitMonthFen;
}

async function pay(
  deps: AutopayDeps,
  { companyId, debit, token }: Held,
  { charge, mandate }: Look & { readonly kind: 'go' },
): Promise<void> {
  const [unitId, ...furtherUnitIds] = [...new Set(charge.bills.map((bill) => bill.unitId))];
  if (unitId === undefined) return;
  await startPayment(deps, {
    companyId,
    unitId,
    furtherUnitIds,
    billIds: charge.bills.map(({ billId }) => billId),
    amountFen: charge.amountFen,
    payer: { channel: mandate.channel, key: `resident/${mandate.accountId}` },
    product: 'debit',
    source: 'autopay',
    mandateNo: mandate.mandateNo,
    merchantAccountId: mandate.merchantAccountId,
    alongside: async (tx, { paymentId, amountFen }) => {
      const locked = await lockAll(tx, debit);
      if (!locked || locked.current.claimToken !== token) throw new NotNow('the debit is over');
      if (await isOverLimit(tx, locked.mandate, locked.current, amountFen)) {
        throw new NotNow('the limits are lower now');
      }
      const at = deps.clock.now();
      await markStarted(tx, debit.id, { paymentId, chargedFen: amountFen, at });
      await record(tx, {
        mandateId: debit.mandateId,
        debitId: debit.id,
        kind: 'started',
        actor: 'autopay',
        detail: { amountFen },
        at,
      });
      reach(deps, 'autopay.start.written');
    },
  });
}

/**
 * `CHANNEL_REFUSED` and what concerns the mandate come after the payment was recorded: the
 * payment's own end tells. The others open none, and the debit is looked at again.
 */
const expected: ReadonlySet<string> = new Set([
  'CHANNEL_REFUSED',
  'MANDATE_NOT_ACTIVE',
  'MANDATE_NOT_FOUND',
  'MANDATE_LIMIT',
  'PAYMENT_IN_PROGRESS',
  'BILLS_NOT_PAYABLE',
  'BILLS_JUST_PAID',
  'BILLS_OF_TWO_ACCOUNTS',
  'CHANNEL_NOT_CONFIGURED',
  'DESK_AMOUNT_DIFFERS',
]);

function isExpected(error: unknown): error is Error {
  if (error instanceof NotNow) return true;
  return error instanceof AppError && expected.has(error.code);
}
