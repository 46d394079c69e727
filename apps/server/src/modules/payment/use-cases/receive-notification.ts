import type { Deps } from '../../../platform/deps.ts';
import { shortCodeOf } from '../../../platform/id.ts';
import type { ChannelTrade, NotificationInput } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { answerWithinMs } from '../limits.ts';
import { bookKept, keepProof } from './confirm-payment.ts';
import { hearOfRefund, lookAtOrder } from './hear-of-refund.ts';

/** Whose short code it is; `compose.ts` hands in identity's answer. */
export interface CompanyDirectory {
  companyByShortCode(deps: Deps, shortCode: string): Promise<{ companyId: string } | undefined>;
}

export interface ReceivedNotification extends Omit<NotificationInput, 'companyId'> {
  readonly shortCode: string;
}

/** `accepted`: stored for good, the channel need not send it again. */
export type Receipt = 'accepted' | 'refused';

/**
 * A channel's notification: verified, decrypted and compared by channels, then stored, then
 * booked. What is forged or foreign posts nothing.
 * @throws whatever kept it from being stored or booked, so that the channel sends it again
 */
export async function receiveNotification(
  input: PaymentInputDeps & CompanyDirectory,
  { shortCode, ...notice }: ReceivedNotification,
): Promise<Receipt> {
  const deps = withChannels(input);
  const company = await input.companyByShortCode(deps, shortCode);
  if (!company) return 'refused';
  const { companyId } = company;
  const reading = await deps.channels.readNotification(deps, { ...notice, companyId });
  if (reading.state === 'refused') return 'refused';
  const { trade, refund, lookAt, merchantAccountId } = reading;
  const { channel } = notice;
  const orderNo = trade?.orderNo ?? refund?.orderNo ?? lookAt?.orderNo;
  if (orderNo === undefined) return 'accepted'; // Authentic, but of something else than an order.
  if (await isOfAnotherCompany(input, orderNo, companyId)) {
    deps.log.warn(
      { companyId, orderNo, alarm: 'payment-foreign-order' },
      'a notification of another company’s order was refused',
    );
    return 'refused';
  }
  if (trade) await hearOfTrade(deps, companyId, trade);
  if (refund) await wholly(deps, companyId, hearOfRefund(deps, companyId, refund));
  if (lookAt) {
    await wholly(
      deps,
      companyId,
      lookAtOrder(deps, companyId, { channel, merchantAccountId, lookAt }),
    );
  }
  return 'accepted';
}

async function hearOfTrade(
  deps: PaymentDeps,
  companyId: string,
  trade: ChannelTrade,
): Promise<void> {
  reach(deps, 'payment.notify.read');
  const proof = await keepProof(deps, { companyId, source: 'notification', trade });
  await inTime(deps, companyId, bookKept(deps, companyId, proof));
}

/**
 * Two companies may share a merchant account. The order number says whose order it is; a number
 * that belongs to no company here is money to our merchant all the same, and is booked.
 */
async function isOfAnotherCompany(
  deps: PaymentInputDeps & CompanyDirectory,
  orderNo: string,
  companyId: string,
): Promise<boolean> {
  const shortCode = shortCodeOf(orderNo);
  if (shortCode === undefined) return false;
  const owner = await deps.companyByShortCode(deps, shortCode);
  return owner !== undefined && owner.companyId !== companyId;
}

/**
 * What may not be stored yet when the channel stops waiting is not accepted: without a repeat a
 * refund that we did not ask for would never be heard of.
 */
async function wholly(deps: PaymentDeps, companyId: string, work: Promise<unknown>): Promise<void> {
  const isDone = await inTime(deps, companyId, work);
  if (!isDone) throw new Error('a notification was not looked into in time');
}

/**
 * The channel waits 5 s. Work goes on after that. @returns whether it came to its end before
 */
async function inTime(
  deps: PaymentDeps,
  companyId: string,
  work: Promise<unknown>,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), answerWithinMs);
  });
  try {
    if ((await Promise.race([work, late])) !== 'late') return true;
  } finally {
    clearTimeout(timer);
  }
  work.catch((error: unknown) => {
    deps.log.error({ err: error, companyId }, 'late work on a notification failed');
  });
  return false;
}
