import { randomUUID } from 'node:crypto';
import { type Delivery, deliverBy, postMessage } from '../delivery.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { createNotifier, type Notifier } from '../notifier.ts';
import type { Deps, PayDeps } from './deps.ts';
import { type Notification, type Order, type Trade, tradeKey } from './records.ts';
import type { Fields } from './signature.ts';
import { signed } from './signed-message.ts';
import { noticeFields } from './trade-fields.ts';
import { formOf } from './wire.ts';

/** After each failed attempt; six attempts in all. */
export const RETRY_GAPS_MS = [1, 2, 4, 5, 5].map((minutes) => minutes * 60_000);
/** What a merchant writes who wants no notification. */
const NOWHERE = 'http://www.specialurl.com';
const HUGE_BYTES = 2 * 1024 * 1024;
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };

export function createUnionPayNotifier(deps: Deps): Notifier<Notification> {
  return createNotifier<Notification>(deps, {
    channel: 'union-pay',
    table: deps.records.notifications,
    gapsMs: RETRY_GAPS_MS,
    deliver: (event, fault) => deliver(deps, event, fault),
  });
}

/** Records the success of a trade and tells the merchant; resolves after the first attempt. */
export async function announce(
  deps: PayDeps,
  trade: Trade,
  how: { withheld: boolean; copies: number },
): Promise<void> {
  const isUnwanted = trade.backUrl.toLowerCase().startsWith(NOWHERE);
  await deps.notifier.announce(
    newEvent(deps, trade, { ...how, withheld: how.withheld || isUnwanted }),
  );
}

/** The event of a paid order for extra copies of it. */
export function eventOf(deps: Deps, order: Order): Notification {
  const key = tradeKey(order);
  const found = deps.records.notifications.find((one) => one.tradeKey === key);
  return found ?? newEvent(deps, order, { withheld: true, copies: 1 });
}

function newEvent(
  deps: Deps,
  trade: Trade,
  { withheld, copies }: { withheld: boolean; copies: number },
): Notification {
  return {
    id: randomUUID(),
    tradeKey: tradeKey(trade),
    // A refund's is filed under the order that it returns.
    outTradeNo: trade.kind === 'consume' ? trade.orderId : trade.origOrderId,
    createdAt: deps.clock.now(),
    attempts: 0,
    dueAt: withheld ? null : deps.clock.scheduleNow(),
    outcome: withheld ? 'withheld' : 'pending',
    copies,
  };
}

async function deliver(
  deps: Deps,
  event: Notification,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery[]> {
  const trade = deps.records.trades.get(event.tradeKey);
  if (trade === undefined) return [];
  const { outTradeNo, copies } = event;
  const url = trade.backUrl;
  return deliverBy(deps, {
    url,
    outTradeNo,
    copies,
    fault,
    send: async (kind) => {
      const fields = await noticeOf(deps, trade, kind);
      const message = { url, headers: FORM_TYPE, body: formOf(fields), outTradeNo, fault: kind };
      const signature = kind?.fault ?? `signMethod ${fields.signMethod ?? 'none'}`;
      return postMessage(deps, { ...message, signature }, (status) => status === 200);
    },
  });
}

async function noticeOf(
  deps: Deps,
  trade: Trade,
  fault: Taken<NotifyFault> | undefined,
): Promise<Fields> {
  const secureKey = deps.records.merchants.get(trade.merId)?.secureKey ?? null;
  const { signMethod } = trade;
  const fields = changedFields(noticeFields(trade), fault);
  return signed(deps, fields, { signMethod, secureKey, fault: fault?.fault });
}

/** What a fault changes before the message is signed. */
function changedFields(fields: Fields, fault: Taken<NotifyFault> | undefined): Fields {
  switch (fault?.fault) {
    case 'wrong-amount': {
      const txnAmt = `${fault.totalFen ?? Number(fields.txnAmt) + 1}`;
      return { ...fields, txnAmt, settleAmt: txnAmt };
    }
    case 'wrong-merchant':
    case 'wrong-appid': // There are no apps here: the merchant is all there is.
      return { ...fields, merId: '777290000000000' };
    case 'huge-body':
      return { ...fields, reqReserved: 'x'.repeat(HUGE_BYTES) };
    default:
      return fields;
  }
}
