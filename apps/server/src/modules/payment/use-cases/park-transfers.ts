import type { SurplusReason } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { account, postTransfers } from '../../ledger/index.ts';
import { caseNoOf } from '../domain/case-no.ts';
import { proofOfTransfer, type Transfer, transferKey } from '../domain/transfer.ts';
import { surplusOpened } from '../events.ts';
import { keyIdOf, utcDayOf } from '../proof-key.ts';
import { companyOf } from '../queries/companies.ts';
import { insertProofKey, insertSurplus } from '../store/booking-store.ts';
import { insertProof } from '../store/proof-store.ts';

export interface ParkedTransfer {
  readonly transfer: Transfer;
  readonly reason: Extract<SurplusReason, 'unmatched-transfer' | 'transfer-remainder'>;
  /** Known although nothing could be settled. */
  readonly unitId: string | null;
}

/**
 * Puts transfers that settle nothing into suspense, a case each, in the caller's transaction: the
 * statements of all of them travel together.
 * @returns the cases, in the order given
 */
export async function parkTransfers(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  parked: readonly ParkedTransfer[],
): Promise<string[]> {
  const { timeZone } = await companyOf(tx);
  const cases = parked.map((one) => {
    const at = deps.clock.now();
    const caseId = newId(at);
    return { ...one, at, caseId, caseNo: caseNoOf(dayOf(at, timeZone), caseId) };
  });
  await Promise.all(cases.flatMap((one) => parkOne(tx, deps, one)));
  return cases.map(({ caseId }) => caseId);
}

interface NewCase extends ParkedTransfer {
  readonly at: Date;
  readonly caseId: string;
  readonly caseNo: string;
}

function parkOne(tx: Tx, deps: Pick<Deps, 'clock'>, one: NewCase): Promise<unknown>[] {
  const { transfer, caseId, at } = one;
  const { amountFen, orderNo, tradeNo, bankAccountId } = transfer;
  const key = transferKey(transfer);
  const keyId = keyIdOf(tx.companyId, key);
  const proof = proofOfTransfer(transfer, { keyId, day: utcDayOf(at) });
  return [
    insertProof(tx, proof, at),
    postTransfers(tx, deps, {
      key: `payment.surplus:${key}`,
      kind: 'payment.surplus',
      sourceId: caseId,
      postedAt: at,
      transfers: [{ debit: account.bank(bankAccountId), credit: account.suspense(), amountFen }],
    }),
    insertSurplus(tx, {
      id: caseId,
      caseNo: one.caseNo,
      reason: one.reason,
      amountFen,
      channel: 'bank-transfer',
      merchantAccountId: null,
      orderNo,
      tradeNo,
      paymentId: null,
      attemptId: null,
      openedAt: at,
      unitId: one.unitId,
    }),
    insertProofKey(tx, {
      id: keyId,
      key,
      outcome: 'surplus',
      amountFen,
      paymentId: null,
      surplusId: caseId,
      at,
    }),
    publish(tx, deps.clock, surplusOpened(caseId)),
  ];
}
