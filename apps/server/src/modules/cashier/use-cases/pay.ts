import { type StartedPayment, startPayment } from '../../payment/index.ts';
import type { CashierDeps } from '../doors.ts';
import { cashierErrors } from '../errors.ts';
import type { Limiter } from '../limiter.ts';
import { readPayer } from '../payer.ts';
import { companyOfCode, findHome } from './find-home.ts';

export interface PayInput {
  readonly code: string;
  readonly billIds: readonly string[];
  readonly payerCookie: string | undefined;
}

/**
 * The one tap of the page. The same payer asking again gets the same payment.
 * @throws what startPayment throws, WALLET_UNKNOWN, PAYING_TOO_OFTEN, ROOM_CODE_…
 */
export async function pay(
  deps: CashierDeps,
  limits: { readonly paying: Limiter },
  input: PayInput,
): Promise<StartedPayment> {
  const { companyId } = await companyOfCode(deps, input.code);
  const payer = readPayer(deps, companyId, input.payerCookie);
  if (!payer) throw cashierErrors.WALLET_UNKNOWN();
  if (!limits.paying.allows(payer.key)) throw cashierErrors.PAYING_TOO_OFTEN();
  const home = await deps.db.read(companyId, (tx) => findHome(tx, deps, input.code));
  if (home.account?.appId !== payer.appId) throw cashierErrors.WALLET_UNKNOWN();
  return await startPayment(deps, {
    companyId,
    unitId: home.unitId,
    billIds: [...input.billIds],
    payer: { channel: 'wechat-pay', openId: payer.openId, key: payer.key },
    product: 'jsapi',
    source: 'cashier',
  });
}
