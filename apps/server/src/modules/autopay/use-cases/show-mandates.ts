import type {
  AutopayHome,
  AutopayLeftOut,
  AutopayMandate,
  AutopayMandateDetail,
} from '@wuye-pay/contract';
import { fen, sum } from '@wuye-pay/money';
import type { ResidentActor, StaffActor } from '../../../platform/actor.ts';
import { dayOf, monthOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { fitBills } from '../domain/fit.ts';
import type { Mandate } from '../domain/mandate.ts';
import { mandateNote } from '../domain/notes.ts';
import { leftOutWords, sentence, walletWords } from '../domain/words.ts';
import { autopayErrors } from '../errors.ts';
import { maxBills } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { type CoveredBill, coveredBills } from '../queries/covered-bills.ts';
import { type DebitOfMandate, debitsOf, openDebits } from '../queries/debits.ts';
import { logOf } from '../queries/log.ts';
import { type CoverRow, coversOf, monthUse, ownMandates, payerOf } from '../queries/mandates.ts';
import { mandateById } from '../store/mandate-store.ts';

type ReadDeps = Pick<Deps, 'db' | 'clock'>;

/** What ended longer ago is history, in the console only. */
const endedForMs = 90 * 24 * 3_600_000;
/** Of a mandate's page in the console. */
const mostOnPage = 50;

export async function showOwnMandates(
  deps: ReadDeps,
  actor: ResidentActor,
): Promise<AutopayMandate[]> {
  const endedSince = new Date(deps.clock.now().getTime() - endedForMs);
  return await deps.db.read(actor.companyId, async (tx) => {
    const mandates = await ownMandates(tx, { accountId: actor.id, endedSince });
    return await viewsOf(tx, deps, mandates);
  });
}

/** @throws AUTOPAY_NOT_FOUND, also for another's */
export async function showMandate(
  deps: ReadDeps,
  { actor, mandateId }: { readonly actor: ResidentActor; readonly mandateId: string },
): Promise<AutopayMandate> {
  return await deps.db.read(actor.companyId, async (tx) => {
    const mandate = await mandateById(tx, mandateId);
    if (mandate?.accountId !== actor.id) throw autopayErrors.AUTOPAY_NOT_FOUND();
    return await viewOf(tx, deps, mandate);
  });
}

/** @throws AUTOPAY_NOT_FOUND */
export async function showToStaff(
  deps: ReadDeps,
  { actor, mandateId }: { readonly actor: StaffActor; readonly mandateId: string },
): Promise<AutopayMandateDetail> {
  return await deps.db.read(actor.companyId, async (tx) => {
    const mandate = await mandateById(tx, mandateId);
    if (!mandate) throw autopayErrors.AUTOPAY_NOT_FOUND();
    const page = { mandateId, after: undefined, limit: mostOnPage };
    const isOpen = mandate.state === 'requested' || mandate.state === 'active';
    const mayWrite = actor.permissions.has('autopay.write');
    return {
      ...(await viewOf(tx, deps, mandate)),
      ...(await payerOf(tx, mandateId)),
      mandateNo: mandate.mandateNo,
      debits: (await debitsOf(tx, page)).map(withoutMandate),
      log: await logOf(tx, page),
      allowedActions: [
        ...(isOpen && mayWrite ? (['stop'] as const) : []),
        ...(mandate.state !== 'ended' && mayWrite ? (['check'] as const) : []),
      ],
    };
  });
}

async function viewOf(tx: Tx, deps: ReadDeps, mandate: Mandate): Promise<AutopayMandate> {
  const [view] = await viewsOf(tx, deps, [mandate]);
  if (!view) throw new Error(`mandate ${mandate.id} has no view`);
  return view;
}

async function viewsOf(
  tx: Tx,
  deps: ReadDeps,
  mandates: readonly Mandate[],
): Promise<AutopayMandate[]> {
  if (mandates.length === 0) return [];
  const ids = mandates.map(({ id }) => id);
  const { timeZone } = await companyOf(tx);
  const month = monthOf(dayOf(deps.clock.now(), timeZone));
  const covers = await coversOf(tx, ids);
  const open = await openDebits(tx, ids);
  const used = await monthUse(tx, ids, month);
  const bills = await coveredBills(tx, ids);
  return mandates.map((mandate) => {
    const mine = <Row extends { readonly mandateId: string }>(rows: readonly Row[]) =>
      rows.filter(({ mandateId }) => mandateId === mandate.id);
    const [next] = mine(open);
    const monthFen = fen(mine(used)[0]?.usedFen ?? 0);
    return {
      ...facts(mandate),
      monthFen,
      homes: homesOf(mine(covers)),
      next: next ? withoutMandate(next) : null,
      ...restOf(mandate, mine(bills), { next, monthFen }),
    };
  });
}

function facts(mandate: Mandate) {
  const { id, channel, state, stoppedBy, limitDebitFen, limitMonthFen, firstDebitOn } = mandate;
  const { signedDebitFen, signedMonthFen, requestedAt, signedAt, endedAt } = mandate;
  return {
    id,
    channel,
    wallet: walletWords(channel),
    state,
    stoppedBy,
    note: mandateNote(mandate),
    limitDebitFen,
    limitMonthFen,
    signedDebitFen,
    signedMonthFen,
    firstDebitOn,
    requestedAt: requestedAt.toISOString(),
    signedAt: signedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

export function withoutMandate({ mandateId: _of, ...debit }: DebitOfMandate) {
  return debit;
}

const endedBecause: Readonly<Record<string, { zh: string; en: string }>> = {
  home: { zh: '您已不再绑定该房屋', en: 'You are no longer bound to this home' },
  taken: { zh: '已由另一份代扣缴纳', en: 'Another autopay pays it' },
  mandate: { zh: '代扣已结束', en: 'Autopay has ended' },
};

function homesOf(covers: readonly CoverRow[]): AutopayHome[] {
  const homes = new Map<string, AutopayHome>();
  for (const { unitId, communityName, label, feeItemId, name, state, endReason } of covers) {
    const isLive = state !== 'ended';
    const known = homes.get(unitId);
    // Of a home that is paid in part, the part that is paid counts.
    if (known?.isLive && !isLive) continue;
    const before = known && known.isLive === isLive ? known.items : [];
    homes.set(unitId, {
      unitId,
      communityName,
      label,
      isLive,
      endedBecause: endReason ? (endedBecause[endReason] ?? null) : null,
      items: [...before, { feeItemId, name }],
    });
  }
  return [...homes.values()];
}

/** Open bills that no debit is going to take, each with its reason; and how many come later. */
function restOf(
  mandate: Mandate,
  bills: readonly CoveredBill[],
  { next, monthFen }: { next: DebitOfMandate | undefined; monthFen: number },
): { leftOut: AutopayLeftOut[]; later: AutopayMandate['later'] } {
  if (mandate.state !== 'active') return { leftOut: [], later: { count: 0, openFen: 0 } };
  const planned = new Set(next?.bills.map(({ billId }) => billId));
  const rest = bills.filter(({ id }) => !planned.has(id));
  const free = rest.filter(({ isDisputed, leftToPayer }) => !isDisputed && !leftToPayer);
  const monthLeftFen = fen(Math.max(0, mandate.limitMonthFen - monthFen));
  const limits = { limitDebitFen: mandate.limitDebitFen, monthLeftFen };
  const unfit = fitBills(free, limits, maxBills).leftOut;
  const reasons = new Map<string, keyof typeof leftOutWords>(
    unfit.map(({ bill, reason }) => [bill.id, reason]),
  );
  for (const bill of rest) {
    if (bill.leftToPayer) reasons.set(bill.id, bill.leftToPayer);
    if (bill.isDisputed) reasons.set(bill.id, 'disputed');
  }
  const later = rest.filter(({ id }) => !reasons.has(id));
  const openFen = sum([fen(0), ...later.map((bill) => bill.openFen)]);
  const leftOut = rest.flatMap(({ id, unitId, unitLabel, feeItemName, month, openFen }) => {
    const reason = reasons.get(id);
    if (!reason) return [];
    const bill = { billId: id, unitId, unitLabel, feeItemName, month, openFen };
    return [{ ...bill, reason: sentence(leftOutWords[reason]) }];
  });
  return { leftOut, later: { count: later.length, openFen } };
}
