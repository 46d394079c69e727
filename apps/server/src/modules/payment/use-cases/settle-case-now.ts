import { fen, sum } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { PaymentDeps } from '../deps.ts';
import { freeCase } from './free-case.ts';
import { lockWanted } from './payable-bills.ts';
import { checkFits, lockFitting, settle } from './settle-case.ts';
import { BillsHeld } from './take-transfer-payment.ts';

export interface CaseUse {
  readonly actor: StaffActor;
  readonly caseId: string;
  readonly unitId: string;
  readonly lines: readonly { readonly billId: string; readonly amountFen: number }[];
  readonly note: string;
}

/**
 * Settles bills with the money of a bank transfer's case by one person, in the caller's
 * transaction. Who may do so, and up to which amount, the bank module decides; money of channels
 * always takes two people (`proposeSettlement`).
 * @returns the payment that it became
 * @throws BillsHeld, CASE_NOT_FOUND, CASE_NOT_FREE, CASE_TOO_SMALL, BILLS_NOT_PAYABLE,
 *   BILLS_OF_ANOTHER_UNIT
 */
export async function settleCaseNow(
  tx: Tx,
  deps: Pick<PaymentDeps, 'db' | 'clock' | 'live' | 'checkpoint'>,
  { actor, caseId, unitId, lines, note }: CaseUse,
): Promise<string> {
  const { locked } = await freeCase(tx, caseId, 'in');
  if (locked.channel !== 'bank-transfer') throw new Error(`case ${caseId} is of no transfer`);
  const given = lines.map((line) => ({ ...line, amountFen: fen(line.amountFen) }));
  const amountFen = sum(given.map((line) => line.amountFen));
  checkFits(locked, amountFen);
  const wanted = { unitId, billIds: lines.map(({ billId }) => billId) };
  const { holders } = await lockWanted(tx, wanted);
  if (holders.length > 0) throw new BillsHeld(holders.map(({ id }) => id));
  const bills = await lockFitting(tx, unitId, given);
  const settlement = { id: newId(deps.clock.now()), unitId, amountFen, note };
  const paymentId = await settle(tx, deps, { settlement, locked, lines: given, bills, actor });
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'payment.match_transfer',
    subjectKind: 'suspense_case',
    subjectId: caseId,
    detail: { unitId, amountFen, note },
  });
  return paymentId;
}
