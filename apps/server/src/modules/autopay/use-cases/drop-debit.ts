import { yuanText } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { endWords } from '../domain/words.ts';
import { coveredUnits } from '../queries/covered-units.ts';
import { type Debit, endDebit } from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import { mandateById, planAgainAt } from '../store/mandate-store.ts';
import { tellPayer } from './tell-payer.ts';

export type DropCode = 'bills-changed' | 'over-limit' | 'late' | 'notice-refused' | 'not-reached';

/** What must be told: the payer has to do something. */
const told: readonly DropCode[] = ['notice-refused'];

/** Calls off a debit that has not started; its bills are looked at again. */
export async function dropDebit(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'secrets' | 'publicUrl'>,
  debit: Debit,
  code: DropCode,
  channelCode: string | null = null,
): Promise<void> {
  const at = deps.clock.now();
  const { mandateId, id: debitId } = debit;
  await endDebit(tx, debitId, { state: 'dropped', at, code, channelCode });
  await planAgainAt(tx, mandateId, at);
  await record(tx, { mandateId, debitId, kind: 'dropped', actor: 'autopay', detail: { code }, at });
  if (!told.includes(code)) return;
  const mandate = await mandateById(tx, mandateId);
  if (!mandate) return;
  const amount = yuanText(debit.amountFen);
  await tellPayer(tx, deps, {
    mandate,
    about: ['dropped', debitId],
    templateKey: 'autopay.failed',
    unitIds: await coveredUnits(tx, mandateId),
    variables: { amount: { zh: amount, en: amount }, reason: endWords[code] },
  });
}
