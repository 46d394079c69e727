import type { ReceiptView } from '@wuye-pay/contract';
import type { ResidentActor, StaffActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { paymentState } from '../../payment/index.ts';
import { homesOf } from '../../resident/index.ts';
import type { ReceiptToday } from '../domain/receipt.ts';
import { settledLines } from '../queries/receipts.ts';
import { checkUrl } from './draw-receipt.ts';
import { issueReceipt } from './issue-receipt.ts';

type ReceiptDeps = Pick<Deps, 'db' | 'clock' | 'publicUrl'>;

/** For members of staff, of any payment of their company. @throws as issueReceipt */
export async function receiptForStaff(
  deps: ReceiptDeps,
  actor: StaffActor,
  paymentId: string,
): Promise<ReceiptToday> {
  return await deps.db.transaction(actor.companyId, (tx) =>
    issueReceipt(tx, deps, { paymentId, by: actor }),
  );
}

/**
 * For whoever paid, and for those who live in the homes that were paid for. Somebody who only pays
 * for others sees no payment but their own.
 * @throws NOT_FOUND for everybody else
 */
export async function receiptForResident(
  deps: ReceiptDeps,
  actor: ResidentActor,
  paymentId: string,
): Promise<ReceiptToday> {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await maySee(tx, actor, paymentId))) throw platformErrors.NOT_FOUND();
    return await issueReceipt(tx, deps, { paymentId, by: actor });
  });
}

async function maySee(tx: Tx, actor: ResidentActor, paymentId: string): Promise<boolean> {
  const payment = await paymentState(tx, paymentId);
  if (!payment) return false;
  if (payment.payerKey === `resident/${actor.id}`) return true;
  const mine = (await homesOf(tx, actor.id)).filter(({ role }) => role !== 'payer');
  const isMine = (unitId: string) => mine.some((home) => home.unitId === unitId);
  const lines = await settledLines(tx, paymentId);
  return isMine(payment.unitId) && lines.every(({ unitId }) => isMine(unitId));
}

export function receiptView(deps: ReceiptDeps, receipt: ReceiptToday): ReceiptView {
  const { facts: frozen, issuedAt, id: _id, ...told } = receipt;
  const { servicePhone: _onPaper, ...facts } = frozen;
  return {
    ...told,
    ...facts,
    unitLabels: [...facts.unitLabels],
    lines: facts.lines.map((line) => ({ ...line })),
    issuedAt: issuedAt.toISOString(),
    checkUrl: checkUrl(deps, receipt.checkCode),
  };
}
