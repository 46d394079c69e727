import type { Fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { newId, orderNoOf } from '../../../platform/id.ts';
import type { MerchantAccount } from '../../channels/index.ts';
import type { PaymentDeps } from '../deps.ts';
import { nextCheckAt } from '../domain/schedule.ts';
import { paymentErrors } from '../errors.ts';
import { topUpFeeItem } from '../queries/top-up-fee-item.ts';
import type { Device, NewAttempt } from '../store/attempt-store.ts';
import type { Cart } from './lock-cart.ts';
import type { OpenInput } from './open-input.ts';

/** Money of one payment never mixes merchant accounts, however many homes it is for. */
export async function accountOfCart(
  tx: Tx,
  deps: PaymentDeps,
  { payer, product, merchantAccountId }: OpenInput,
  { bills, units, topUpFen, createdAt }: Cart & { readonly createdAt: Date },
): Promise<MerchantAccount> {
  const accounts = new Map<string, MerchantAccount>();
  const communityIds = new Set(units.map(({ communityId }) => communityId));
  for (const communityId of communityIds) {
    const ofBills = bills.filter((bill) => bill.communityId === communityId);
    const feeItemIds = [...new Set(ofBills.map(({ feeItemId }) => feeItemId))];
    if (topUpFen > 0) feeItemIds.push(await topUpFeeItem(tx));
    const routes = await deps.channels.routeFeeItems(tx, {
      communityId,
      feeItemIds,
      ways: [{ channel: payer.channel, product }],
      appId: payer.appId,
      attemptAt: createdAt,
    });
    for (const feeItemId of feeItemIds) {
      const account = routes.get(feeItemId)?.account;
      if (!account) throw paymentErrors.CHANNEL_NOT_CONFIGURED();
      accounts.set(account.id, account);
    }
  }
  const [account, ...others] = accounts.values();
  if (!account || others.length > 0) throw paymentErrors.BILLS_OF_TWO_ACCOUNTS();
  if (merchantAccountId !== undefined && merchantAccountId !== account.id) {
    throw paymentErrors.BILLS_OF_TWO_ACCOUNTS();
  }
  return account;
}

interface Basis {
  readonly paymentId: string;
  readonly account: MerchantAccount;
  readonly description: string;
  readonly amountFen: Fen;
  readonly shortCode: string;
  readonly times: { readonly requestedAt: Date; readonly expiresAt: Date };
}

export function attemptOf(input: OpenInput, basis: Basis): NewAttempt {
  const { product, payer } = input;
  const { times, account, shortCode, paymentId, description, amountFen } = basis;
  const id = newId(times.requestedAt);
  return {
    id,
    paymentId,
    orderNo: orderNoOf(shortCode, id),
    channel: account.channel,
    product,
    merchantAccountId: account.id,
    amountFen,
    description,
    payerOpenId: payer.openId ?? null,
    device: deviceOf(input, paymentId),
    ...times,
    nextCheckAt: nextCheckAt({ ...times, product }, times.requestedAt),
  };
}

function deviceOf(
  { payerIp, mandateNo, returnUrlOf }: OpenInput,
  paymentId: string,
): Device | null {
  const told = {
    ...(payerIp !== undefined && { payerIp }),
    ...(mandateNo !== undefined && { mandateNo }),
    ...(returnUrlOf && { returnUrl: returnUrlOf(paymentId) }),
  };
  return Object.keys(told).length > 0 ? told : null;
}
