import { type Delivery, deliverBy, postMessage } from '../delivery.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { createNotifier, type Notifier } from '../notifier.ts';
import type { Deps } from './deps.ts';
import { signerOf } from './keys.ts';
import { fenOf, yuanText } from './money.ts';
import type { AlipayEvent, Application } from './records.ts';
import { randomText, withSignature } from './signing.ts';
import { beijingText } from './time.ts';

/** Waiting times after each failed attempt, about 25 hours in all. */
export const RETRY_GAPS_MS = [4, 10, 10, 60, 120, 360, 900].map((minutes) => minutes * 60_000);

const HUGE_CHARACTERS = 2 * 1024 * 1024;
const STALE_MS = 600_000;
/** A merchant and an application that nobody registered. */
const FOREIGN_SELLER = '2088999999999999';
const FOREIGN_APP = '2021999999999999';

export function createAlipayNotifier(deps: Deps): Notifier<AlipayEvent> {
  return createNotifier<AlipayEvent>(deps, {
    channel: 'alipay',
    table: deps.records.events,
    gapsMs: RETRY_GAPS_MS,
    deliver: (event, fault) => deliver(deps, event, fault),
  });
}

async function deliver(
  deps: Deps,
  event: AlipayEvent,
  fault: Taken<NotifyFault> | undefined,
): Promise<Delivery[]> {
  const app = deps.records.applications.get(event.appId);
  if (app === undefined) return [];
  const { url, outTradeNo } = event;
  return deliverBy(deps, {
    url,
    outTradeNo,
    copies: event.copies,
    fault,
    send: (spoiling) => {
      const body = writeNotification(deps, { app, event }, spoiling);
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
      const signature = signerOf(app).certSn ?? '支付宝公钥';
      const message = { url, headers, body, outTradeNo, signature, fault: spoiling };
      return postMessage(deps, message, (_, answer) => answer === 'success');
    },
  });
}

/** One notification as it goes over the wire, spoilt as the fault says. */
export function writeNotification(
  deps: Pick<Deps, 'clock'>,
  { app, event }: { app: Application; event: AlipayEvent },
  fault: Taken<NotifyFault> | undefined,
): string {
  const isStale = fault?.fault === 'old-timestamp';
  const sentAt = deps.clock.now() - (isStale ? STALE_MS : 0);
  const claim = altered({ ...event.params, notify_time: beijingText(sentAt) }, fault);
  const signed = withSignature(claim, signerOf(app).privateKeyPem);
  return new URLSearchParams(spoilt(signed, fault)).toString();
}

/** What is claimed and properly signed. */
function altered(params: Record<string, string>, fault: Taken<NotifyFault> | undefined) {
  switch (fault?.fault) {
    case 'wrong-amount': {
      const fen = fault.totalFen ?? (fenOf(params.total_amount) ?? 0) + 1;
      const amount = yuanText(fen);
      const names = ['total_amount', 'receipt_amount', 'buyer_pay_amount', 'invoice_amount'];
      return { ...params, ...Object.fromEntries(names.map((name) => [name, amount])) };
    }
    case 'wrong-merchant':
      return { ...params, seller_id: FOREIGN_SELLER };
    case 'wrong-appid':
      return { ...params, app_id: FOREIGN_APP, auth_app_id: FOREIGN_APP };
    case 'huge-body':
      return { ...params, body: 'x'.repeat(HUGE_CHARACTERS) };
    default:
      return params;
  }
}

/**
 * What goes wrong after signing. Nothing is encrypted and no serial number is named here: those
 * faults become a changed body or a wrong signature.
 */
function spoilt(params: Record<string, string>, fault: Taken<NotifyFault> | undefined) {
  switch (fault?.fault) {
    case 'body-changed':
    case 'tampered-ciphertext':
      return { ...params, total_amount: '0.01' };
    case 'bad-signature':
    case 'bad-tag':
    case 'unknown-serial':
    case 'signature-probe':
      return { ...params, sign: `${randomText(342)}==` };
    default:
      return params;
  }
}
