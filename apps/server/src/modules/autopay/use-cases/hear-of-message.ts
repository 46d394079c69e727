import { type AutopayInputDeps, withMandates } from '../deps.ts';
import { startableAt } from '../domain/calendar.ts';
import { debitHours, noticeMs } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { messageAcceptedAt } from '../queries/message.ts';
import { debitById, lockDebit, markAnnounced, markNoticed } from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import { lockMandate } from '../store/mandate-store.ts';
import { dropDebit } from './drop-debit.ts';
import { noticeId } from './tell-payer.ts';

export interface MessageNews {
  readonly companyId: string;
  readonly messageId: string;
  /** Of a notice: the debit. */
  readonly subjectId: string;
  readonly state: 'accepted' | 'failed';
}

/**
 * The notice of a debit was taken by whoever brings it to the payer: from then on a day is counted,
 * or nobody took it, and nothing is debited. Other messages of autopay change nothing.
 */
export async function hearOfMessage(input: AutopayInputDeps, news: MessageNews): Promise<void> {
  const deps = withMandates(input);
  const { companyId, messageId, subjectId, state } = news;
  if (messageId !== noticeId(subjectId)) return;
  await deps.db.transaction(companyId, async (tx) => {
    const known = await debitById(tx, subjectId);
    if (!known) return;
    await lockMandate(tx, known.mandateId);
    const debit = await lockDebit(tx, subjectId);
    if (debit?.state !== 'planned') return;
    if (state === 'failed') {
      await dropDebit(tx, deps, debit, 'not-reached');
      return;
    }
    const { mandateId, amountFen, debitOn, channelNoticedAt } = debit;
    const at = (await messageAcceptedAt(tx, messageId)) ?? deps.clock.now();
    await markNoticed(tx, debit.id, { by: 'message', at });
    const detail = { amountFen, debitOn };
    const about = { mandateId, debitId: debit.id };
    await record(tx, { ...about, kind: 'noticed', actor: 'autopay', detail, at });
    const { timeZone } = await companyOf(tx);
    const told = [at, channelNoticedAt ?? at];
    const startAt = startableAt(debitOn, told, { noticeMs, hours: debitHours, timeZone });
    if (startAt) await markAnnounced(tx, debit.id, startAt);
    else await dropDebit(tx, deps, debit, 'late');
  });
}
