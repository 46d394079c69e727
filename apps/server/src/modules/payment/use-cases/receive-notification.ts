import type { Deps } from '../../../platform/deps.ts';
import { shortCodeOf } from '../../../platform/id.ts';
import type { NotificationInput } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import type { Proof } from '../domain/proof.ts';
import { answerWithinMs } from '../limits.ts';
import { bookKept, keepProof } from './confirm-payment.ts';

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
  const { trade } = reading;
  if (!trade) return 'accepted'; // Authentic, but of something else than collected money.
  if (await isOfAnotherCompany(input, trade.orderNo, companyId)) {
    deps.log.warn(
      { companyId, orderNo: trade.orderNo, alarm: 'payment-foreign-order' },
      'a notification of another company’s order was refused',
    );
    return 'refused';
  }
  reach(deps, 'payment.notify.read');
  const proof = await keepProof(deps, { companyId, source: 'notification', trade });
  await bookInTime(deps, companyId, proof);
  return 'accepted';
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

/** The channel waits 5 s. The proof is stored, so a slow booking may end after the answer. */
async function bookInTime(deps: PaymentDeps, companyId: string, proof: Proof): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), answerWithinMs);
  });
  const booked = bookKept(deps, companyId, proof);
  try {
    if ((await Promise.race([booked, late])) !== 'late') return;
  } finally {
    clearTimeout(timer);
  }
  booked.catch((error: unknown) => {
    deps.log.error({ err: error, companyId, proofId: proof.id }, 'a late booking failed');
  });
}
