import type { Tx } from '../../../platform/database/index.ts';
import type { Wallet } from '../../../platform/http/index.ts';
import { openBillsOf } from '../../billing/index.ts';
import { type PlannedPayment, type StartedPayment, startPayment } from '../../payment/index.ts';
import { chosenWay } from '../domain/ways.ts';
import type { CashierDeps } from '../doors.ts';
import { cashierErrors } from '../errors.ts';
import type { Limiter } from '../limiter.ts';
import { idAt, keyOf, type Payer, readPayer, strangerKeyOf } from '../payer.ts';
import { companyOfCode, findHome, type Home } from './find-home.ts';
import { offersFor } from './offers.ts';

export interface PayInput {
  readonly code: string;
  readonly billIds: readonly string[];
  readonly wallet: Wallet;
  readonly device: 'phone' | 'computer';
  /** What a visitor with an ordinary browser chose: `alipay.h5`. */
  readonly way: string | undefined;
  readonly payerCookie: string | undefined;
  readonly browser: string | undefined;
  readonly payerIp: string;
}

/**
 * The one tap of the page. The same payer asking again gets the same payment.
 * @throws what startPayment throws, WALLET_UNKNOWN, WAY_CLOSED, PAYING_TOO_OFTEN, ROOM_CODE_…
 */
export async function pay(
  deps: CashierDeps,
  limits: { readonly paying: Limiter },
  input: PayInput,
): Promise<StartedPayment> {
  const { companyId } = await companyOfCode(deps, input.code);
  const payer = readPayer(deps, companyId, input);
  const [anyKey] = payer.keys;
  if (!anyKey) throw cashierErrors.WALLET_UNKNOWN();
  const limitKey = strangerKeyOf(input);
  const isKnown = payer.ids.length > 0;
  if (!limits.paying.allows(isKnown ? anyKey : limitKey)) throw cashierErrors.PAYING_TOO_OFTEN();
  const { home, planned } = await deps.db.read(companyId, (tx) => plan(tx, deps, input));
  const { account, way } = planned;
  return await startPayment(deps, {
    companyId,
    unitId: home.unitId,
    billIds: [...input.billIds],
    payer: { channel: account.channel, ...identityOf(payer, planned, limitKey) },
    product: way.product,
    source: 'cashier',
    payerIp: input.payerIp,
    returnUrlOf: (id) => `${deps.publicUrl}/q/${input.code}/payments/${id}/back`,
  });
}

/** How the chosen bills are paid; bills that are gone are startPayment's to name. */
async function plan(
  tx: Tx,
  deps: CashierDeps,
  input: PayInput,
): Promise<{ readonly home: Home; readonly planned: PlannedPayment }> {
  const home = await findHome(tx, input.code);
  const open = await openBillsOf(tx, home.unitId);
  const bills = open.filter(({ id }) => input.billIds.includes(id));
  const cart = { communityId: home.communityId, bills: bills.length > 0 ? bills : open };
  const { here } = await offersFor(tx, deps, input, cart);
  const choices = here.map(({ choice }) => choice);
  const chosen = input.wallet === 'browser' ? chosenWay(input.way, choices) : choices[0];
  const planned = here.find(({ choice }) => choice === chosen)?.plan.payments[0];
  if (!planned) throw open.length === 0 ? cashierErrors.NOTHING_DUE() : cashierErrors.WAY_CLOSED();
  return { home, planned };
}

/** In the page of a wallet the wallet's id pays; everywhere else the browser does. */
function identityOf(payer: Payer, { account, way }: PlannedPayment, limitKey: string) {
  if (way.product === 'jsapi') {
    const id = idAt(payer, account);
    if (!id) throw cashierErrors.WALLET_UNKNOWN();
    return { openId: id.openId, appId: account.appId, key: keyOf(id) };
  }
  if (!payer.browserKey) throw cashierErrors.WALLET_UNKNOWN();
  return { key: payer.browserKey, limitKey };
}
