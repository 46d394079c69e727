import { createHash } from 'node:crypto';
import type { Fen } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { platformErrors } from '../../../platform/errors.ts';
import type { Way } from '../../channels/index.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { type PaymentStateView, type PublicState, paymentState } from '../queries/payment-state.ts';
import { paymentOfPayer } from '../store/payment-store.ts';
import { checkAmount, lockWanted, type Payable } from './payable-bills.ts';
import { startPayment } from './start-payment.ts';

export interface CodeInput {
  readonly actor: StaffActor;
  readonly unitId: string;
  readonly billIds: readonly string[];
  /** What the clerk told the payer. */
  readonly amountFen: number;
  /** What the payer's wallet shows (付款码), as the scanner read it. Used once, never stored. */
  readonly authCode: string;
  readonly idempotencyKey: string;
}

export interface CodePayment {
  readonly paymentId: string;
  readonly state: PublicState;
  readonly amountFen: Fen;
  readonly channel: string;
  readonly expiresAt: Date;
}

/**
 * Charges the wallet whose code the payer shows; the code's first digits and length say which. The
 * same key gives the same payment again, and the code is sent once whatever happens.
 * @throws AUTH_CODE_UNKNOWN, DESK_AMOUNT_DIFFERS, IDEMPOTENCY_KEY_REUSED, what startPayment throws
 */
export async function takeCodePayment(
  input: PaymentInputDeps,
  wish: CodeInput,
): Promise<CodePayment> {
  const deps = withChannels(input);
  const { companyId } = wish.actor;
  const key = payerKeyOf(wish);
  const before = await deps.db.read(companyId, (tx) => earlier(tx, deps, wish, key));
  if (before) return before;
  const { way, billIds } = await prepared(deps, wish);
  const started = await startPayment(deps, {
    companyId,
    unitId: wish.unitId,
    billIds,
    amountFen: wish.amountFen,
    payer: { channel: way.channel, key },
    product: 'code',
    source: 'desk',
    authCode: digitsOf(wish.authCode),
  });
  await deps.db.transaction(companyId, (tx) =>
    recordAudit(tx, deps.clock, {
      actor: wish.actor,
      action: 'payment.take_code',
      subjectKind: 'payment',
      subjectId: started.paymentId,
      detail: { unitId: wish.unitId, amountFen: started.amountFen, channel: way.channel },
    }),
  );
  const { paymentId, state, amountFen, expiresAt } = started;
  return { paymentId, state, amountFen, channel: way.channel, expiresAt };
}

/** The key of a payment that began with the same idempotency key. */
function payerKeyOf({ actor, idempotencyKey }: CodeInput): string {
  const hashed = createHash('sha256').update(`${actor.id}/${idempotencyKey}`).digest('base64url');
  return `code/${hashed}`;
}

async function earlier(
  tx: Tx,
  deps: PaymentDeps,
  { unitId, billIds, amountFen }: CodeInput,
  key: string,
): Promise<CodePayment | undefined> {
  const paymentId = await paymentOfPayer(tx, { unitId, payerKey: key });
  const found = paymentId && (await paymentState(tx, paymentId, deps.clock.now()));
  if (!found) return undefined;
  const wanted = new Set(billIds);
  const isSame =
    found.amountFen === amountFen &&
    found.lines.length === wanted.size &&
    found.lines.every(({ billId }) => wanted.has(billId));
  if (!isSame) throw platformErrors.IDEMPOTENCY_KEY_REUSED();
  return viewOf(found);
}

function viewOf({ paymentId, state, amountFen, channel, expiresAt }: PaymentStateView) {
  return { paymentId, state, amountFen, channel, expiresAt };
}

/** Everything that can be refused is refused before the code is sent: it is good once. */
async function prepared(
  deps: PaymentDeps,
  wish: CodeInput,
): Promise<{ readonly way: Way; readonly billIds: string[] }> {
  const code = digitsOf(wish.authCode);
  const ways = deps.channels
    .channelsOfCode(code)
    .map((channel): Way => ({ channel, product: 'code' }));
  if (ways.length === 0) throw paymentErrors.AUTH_CODE_UNKNOWN();
  const { companyId } = wish.actor;
  const payable = await deps.db.transaction(companyId, (tx) => lockWanted(tx, wish));
  checkAmount(payable.amountFen, wish.amountFen);
  const way = await deps.db.read(companyId, (tx) => firstOpen(tx, deps, payable, ways));
  return { way, billIds: payable.bills.map(({ id }) => id) };
}

/** Two channels may take the same wallet's codes: the first that an account takes. */
async function firstOpen(
  tx: Tx,
  deps: PaymentDeps,
  { bills }: Payable,
  ways: readonly Way[],
): Promise<Way> {
  const [first] = bills;
  if (!first) throw paymentErrors.BILLS_NOT_PAYABLE();
  const { communityId, feeItemId } = first;
  const question = { communityId, feeItemIds: [feeItemId], ways };
  const route = (await deps.channels.routeFeeItems(tx, question)).get(feeItemId);
  if (!route) throw paymentErrors.CHANNEL_NOT_CONFIGURED();
  return route.way;
}

/** Scanners of some makes put blanks between the digits. */
function digitsOf(authCode: string): string {
  return authCode.replaceAll(' ', '');
}
