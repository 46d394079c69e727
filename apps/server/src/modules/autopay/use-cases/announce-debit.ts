import { yuanText } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { reach } from '../checkpoints.ts';
import type { AutopayDeps } from '../deps.ts';
import { firstPossibleDay } from '../domain/calendar.ts';
import { chargeOf } from '../domain/charge.ts';
import type { EndCode } from '../domain/failure.ts';
import type { Mandate } from '../domain/mandate.ts';
import { dayWords, endWords, walletWords } from '../domain/words.ts';
import { debitHours, noticeAgainMs, noticeMs } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { billsNow } from '../queries/debit-check.ts';
import { earlierFailure } from '../queries/earlier-failure.ts';
import { type Debit, lockDebit, markNoticed, workAgainAt } from '../store/debit-store.ts';
import { lockMandate, mandateById } from '../store/mandate-store.ts';
import { dropDebit } from './drop-debit.ts';
import type { Held } from './held-debit.ts';
import { followChannel } from './mandate-steps.ts';
import { tellPayer } from './tell-payer.ts';

/**
 * Tells of a debit to come: the channel first, where it wants to be told, then the payer. Telling
 * twice is harmless; a debit without both never starts.
 */
export async function announce(deps: AutopayDeps, held: Held): Promise<void> {
  const { companyId, debit, token } = held;
  const mandate = await deps.db.read(companyId, (tx) => mandateById(tx, debit.mandateId));
  if (!mandate) return;
  if (!(await isStillTrue(deps, held))) return;
  if (debit.channelNoticedAt === null && !(await tellChannel(deps, held, mandate))) return;
  await deps.db.transaction(companyId, async (tx) => {
    const locked = await lockMandate(tx, debit.mandateId);
    const current = await lockDebit(tx, debit.id);
    if (locked?.state !== 'active' || current?.state !== 'planned') return;
    if (current.claimToken !== token) return;
    const isTold = current.noticedAt !== null || (await notify(tx, deps, mandate, current));
    if (!isTold) await dropDebit(tx, deps, current, 'not-reached');
    const at = new Date(deps.clock.now().getTime() + noticeAgainMs);
    await workAgainAt(tx, debit.id, { at, token });
    reach(deps, 'autopay.announce.written');
  });
  reach(deps, 'autopay.announce.committed');
}

/** What changed since it was planned is planned anew, so that the notice says what is debited. */
async function isStillTrue(deps: AutopayDeps, { companyId, debit }: Held): Promise<boolean> {
  return await deps.db.transaction(companyId, async (tx) => {
    const mandate = await lockMandate(tx, debit.mandateId);
    const current = await lockDebit(tx, debit.id);
    if (mandate?.state !== 'active' || current?.state !== 'planned') return false;
    const { amountFen } = chargeOf(await billsNow(tx, debit.id));
    if (amountFen !== debit.amountFen) {
      await dropDebit(tx, deps, current, 'bills-changed');
      return false;
    }
    if (amountFen > mandate.limitDebitFen) {
      await dropDebit(tx, deps, current, 'over-limit');
      return false;
    }
    const { timeZone } = await companyOf(tx);
    const now = deps.clock.now();
    const notice = { noticeDays: 0, noticeMs, hours: debitHours, timeZone };
    if (current.noticedAt !== null || firstPossibleDay(now, notice) <= debit.debitOn) return true;
    await dropDebit(tx, deps, current, 'late');
    return false;
  });
}

/** @returns whether the channel took the notice, or wants none */
async function tellChannel(deps: AutopayDeps, held: Held, mandate: Mandate): Promise<boolean> {
  const { companyId, debit, token } = held;
  const { merchantAccountId, mandateNo } = mandate;
  const named = { companyId, merchantAccountId, mandateNo };
  // A payer who ended it in the wallet is not told of debits; the notice of the end may be lost.
  const known = await deps.mandates.mandateOf(deps, { ...named, ask: true });
  if (known.state !== 'active') {
    await deps.db.transaction(companyId, (tx) => followChannel(tx, deps, mandate.id));
    return false;
  }
  const { amountFen, debitOn } = debit;
  const told = await deps.mandates.announceDebit(deps, { ...named, amountFen, debitOn });
  reach(deps, 'autopay.announce.answered');
  const at = deps.clock.now();
  return await deps.db.transaction(companyId, async (tx) => {
    await lockMandate(tx, mandate.id);
    const current = await lockDebit(tx, debit.id);
    if (current?.state !== 'planned' || current.claimToken !== token) return false;
    if (told.state === 'done') {
      await markNoticed(tx, debit.id, { by: 'channel', at });
      return true;
    }
    if (told.state === 'refused') await dropDebit(tx, deps, current, 'notice-refused', told.code);
    else await workAgainAt(tx, debit.id, { at: new Date(at.getTime() + noticeAgainMs), token });
    return false;
  });
}

/** The same debit again is the same message. @returns false when the payer cannot be reached */
async function notify(tx: Tx, deps: AutopayDeps, mandate: Mandate, debit: Debit): Promise<boolean> {
  const bills = await billsNow(tx, debit.id);
  const failure = debit.tryNo > 1 ? await earlierFailure(tx, debit) : undefined;
  const amount = yuanText(debit.amountFen);
  return await tellPayer(tx, deps, {
    mandate,
    about: ['notice', debit.id],
    templateKey: failure ? 'autopay.retry' : 'autopay.notice',
    unitIds: [...new Set(bills.map(({ unitId }) => unitId))],
    variables: {
      amount: { zh: amount, en: amount },
      debitOn: dayWords(debit.debitOn),
      wallet: walletWords(mandate.channel),
      ...(failure && { reason: shortly(failure) }),
    },
  });
}

/** The first part says what happened; what to do stands in the app. */
function shortly(code: EndCode) {
  const { zh, en } = endWords[code];
  return { zh: zh.split('，')[0] ?? zh, en: en.split(';')[0] ?? en };
}
