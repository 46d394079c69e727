import type { BillDispute, BillWhy, OpenBills, ResidentBill } from '@wuye-pay/contract';
import { fen, sum } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { billDetail, type OpenBill, openBillsOf } from '../../billing/index.ts';
import type { Limiter } from '../../cashier/index.ts';
import { maxBills, maxUnits } from '../../payment/index.ts';
import { balanceOf, settingOf } from '../../prepayment/index.ts';
import { homesOf } from '../../resident/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { billSteps } from '../domain/bill-steps.ts';
import { payerKeyOf } from '../domain/payer-key.ts';
import { checkoutErrors } from '../errors.ts';
import { companyOf } from '../queries/company.ts';
import { disputesOf } from '../queries/disputes.ts';
import { holders } from '../queries/held-by.ts';
import { type OpenedHome, openedHome, roomCodeBehind } from './open-code.ts';

interface Asked {
  readonly actor: ResidentActor;
  /** Of a printed code, or of the link of a message, that the app was opened with. */
  readonly code?: string;
}

/**
 * What is to be paid for every home of the asker, and why; the home behind a code comes first.
 * @throws ROOM_CODE_UNKNOWN, ROOM_CODE_REPLACED, CODES_TOO_OFTEN, what a link throws
 */
export async function showOpenBills(
  deps: CheckoutDeps,
  guessing: Limiter,
  { actor, code }: Asked,
): Promise<OpenBills> {
  const now = deps.clock.now();
  const roomCode = code && (await roomCodeBehind(deps, guessing, { actor, code }));
  return await deps.db.read(actor.companyId, async (tx) => {
    const [own, { timeZone }, { allowsPart }] = await Promise.all([
      homesOf(tx, actor.id),
      companyOf(tx),
      settingOf(tx),
    ]);
    const opened = roomCode
      ? await openedHome(tx, guessing, { actor, code: roomCode, homes: own })
      : undefined;
    const others = own.filter(({ unitId }) => unitId !== opened?.home.unitId);
    const homes = opened ? [opened.home, ...others] : own;
    const unitIds = homes.map(({ unitId }) => unitId);
    const [bills, balances] = await Promise.all([
      Promise.all(unitIds.map((unitId) => openBillsOf(tx, unitId))),
      balanceOf(tx, unitIds),
    ]);
    // That a bill is disputed is for those who live there.
    const isOwn = (_: unknown, index: number) => index > 0 || opened?.isBound !== false;
    const billIds = bills.filter(isOwn).flatMap((open) => open.map(({ id }) => id));
    const [held, disputes] = await Promise.all([
      holdersOf(tx, bills.flat()),
      disputesOf(tx, { billIds, accountId: actor.id }),
    ]);
    const today = dayOf(now, timeZone);
    const views = homes.map((home, index) => {
      const open = (bills[index] ?? []).map((bill) =>
        viewOf(bill, { today, held, disputes, actor }),
      );
      return homeView(home, open, balances);
    });
    return {
      asOf: now.toISOString(),
      openFen: sum(views.map(({ openFen }) => fen(openFen))),
      allowsPart,
      mostBills: maxBills,
      mostHomes: maxUnits,
      opened: opened
        ? { unitId: opened.home.unitId, isBound: opened.isBound, roomCode: opened.roomCode }
        : null,
      homes: views,
    };
  });
}

type HomeView = OpenBills['homes'][number];

function homeView(
  { unitId, communityName, label, role }: OpenedHome['home'],
  bills: ResidentBill[],
  balances: Awaited<ReturnType<typeof balanceOf>>,
): HomeView {
  const known = balances.get(unitId);
  const balance = {
    balanceFen: known?.balanceFen ?? 0,
    reservedFen: known?.reservedFen ?? 0,
    usesItself: known?.usesItself ?? true,
  };
  const openFen = sum(bills.map((bill) => fen(bill.openFen)));
  const home = { unitId, communityName, label, role, openFen, bills };
  return { ...home, balance: role === 'payer' ? null : balance };
}

function holdersOf(tx: Tx, bills: readonly Pick<OpenBill, 'heldBy'>[]) {
  return holders(tx, [...new Set(bills.flatMap(({ heldBy }) => heldBy ?? []))]);
}

interface Seen {
  readonly today: string;
  readonly held: ReadonlyMap<string, string>;
  readonly disputes: ReadonlyMap<string, BillDispute>;
  readonly actor: ResidentActor;
}

function viewOf(bill: OpenBill, { today, held, disputes, actor }: Seen): ResidentBill {
  const { id, feeItemId, feeItemName, month, periodStart, periodEnd, dueOn, heldBy } = bill;
  const holder = heldBy === null ? undefined : held.get(heldBy);
  const isMine = holder === payerKeyOf(actor.id);
  return {
    ...{ id, feeItemId, feeItemName, month, periodStart, periodEnd, dueOn },
    amountFen: bill.amountFen,
    openFen: bill.openFen,
    isOverdue: dueOn < today,
    explanation: bill.explanation,
    heldBy: holder === undefined ? null : isMine ? 'me' : 'other',
    paymentId: isMine ? heldBy : null,
    dispute: disputes.get(id) ?? null,
  };
}

/** One bill of a home of the asker, paid or not, step by step. @throws CART_CHANGED */
export async function explainBill(
  deps: CheckoutDeps,
  { actor, billId }: { readonly actor: ResidentActor; readonly billId: string },
): Promise<BillWhy> {
  const { companyId } = actor;
  const homes = await deps.db.read(companyId, (tx) => homesOf(tx, actor.id));
  const bill = await billDetail(deps, { companyId, billId });
  const home = homes.find(({ unitId }) => unitId === bill.unitId);
  if (!home || bill.state === 'draft') throw checkoutErrors.CART_CHANGED();
  const { id, feeItemId, feeItemName, month, periodStart, periodEnd, dueOn, explanation } = bill;
  const [held, disputes] = await deps.db.read(companyId, (tx) =>
    Promise.all([
      holdersOf(tx, [{ heldBy: bill.heldByPaymentId }]),
      disputesOf(tx, { billIds: [billId], accountId: actor.id }),
    ]),
  );
  const holder = held.get(bill.heldByPaymentId ?? '');
  const isMine = holder === payerKeyOf(actor.id);
  return {
    ...{ id, feeItemId, feeItemName, month, periodStart, periodEnd, dueOn, explanation },
    amountFen: bill.amountFen,
    openFen: bill.openFen,
    isOverdue: bill.state === 'overdue',
    heldBy: holder === undefined ? null : isMine ? 'me' : 'other',
    paymentId: isMine ? bill.heldByPaymentId : null,
    dispute: disputes.get(billId) ?? null,
    unitId: bill.unitId,
    label: home.label,
    communityName: home.communityName,
    steps: billSteps(bill),
    paidFen: bill.paidFen,
    fromBalanceFen: bill.fromBalanceFen,
    waivedFen: bill.waivedFen,
    publishedAt: bill.publishedAt,
  };
}
