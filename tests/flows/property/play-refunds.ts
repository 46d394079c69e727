import {
  approveRefund,
  approveSettlement,
  cancelRefund,
  checkRefund,
  dropSettlement,
  giveUpRefund,
  payOutRefund,
  proposeSettlement,
  reissueRefund,
  rejectRefund,
  requestAdoption,
  requestCaseRefund,
  requestRefund,
  retryRefund,
} from '../../../apps/server/src/modules/payment/index.ts';
import { nth, type Of, type Stage, sameAsBefore } from './stage.ts';

export async function askForRefund(stage: Stage, step: Of<'refund'>): Promise<unknown> {
  const { world, process, seen } = stage;
  const paid = seen.payments.filter(({ state }) => state === 'paid');
  const payment = nth(paid, step.payment);
  if (!payment) return undefined;
  const lines = seen.lines.filter((line) => line.payment === payment.id && line.settled > 0);
  const share = (settled: number) =>
    ({ all: settled, half: Math.ceil(settled / 2), 'one-fen': 1 })[step.share];
  const key = `refund-${step.key}-${payment.id}-${step.share}-${step.effect}`;
  const made = await requestRefund(process, {
    actor: world.maker,
    paymentId: payment.id,
    lines: lines.map(({ bill, settled }) => ({ billId: bill, amountFen: share(settled) })),
    ...(payment.topUp > 0 && { topUpFen: share(payment.topUp) }),
    billEffect: step.effect,
    reason: '多收',
    idempotencyKey: key,
  });
  sameAsBefore(stage, key, made);
  const { refundId } = made;
  const ahead = payment.topUp > 0 ? share(payment.topUp) : 0;
  const amountFen = lines.reduce((all, { settled }) => all + share(settled), ahead);
  const decision = { actor: world.checker, refundId };
  if (step.verdict === 'approve') await approveRefund(process, { ...decision, amountFen });
  if (step.verdict === 'reject') await rejectRefund(process, { ...decision, reason: '不符' });
  return made;
}

export async function decide(
  { world, process, seen }: Stage,
  step: Of<'decide'>,
): Promise<unknown> {
  const found = nth(seen.refunds, step.refund);
  if (!found) return undefined;
  const { id: refundId, amount: amountFen } = found;
  const decision = { actor: world.checker, refundId };
  switch (step.verdict) {
    case 'approve':
      return await approveRefund(process, { ...decision, amountFen });
    case 'approve-own':
      return await approveRefund(process, { actor: world.maker, refundId, amountFen });
    case 'reject':
      return await rejectRefund(process, { ...decision, reason: '不符' });
    case 'cancel':
      return await cancelRefund(process, { actor: world.maker, refundId });
  }
}

export async function resume(
  { world, process, seen }: Stage,
  step: Of<'resume'>,
): Promise<unknown> {
  const refundId = nth(seen.refunds, step.refund)?.id;
  if (!refundId) return undefined;
  const command = { actor: world.checker, refundId };
  switch (step.how) {
    case 'retry':
      return await retryRefund(process, command);
    case 'reissue':
      return await reissueRefund(process, command);
    case 'give-up':
      return await giveUpRefund(process, { ...command, reason: '改现金' });
    case 'check':
      return await checkRefund(process, command);
    case 'pay-out': {
      const payout = { voucherNo: 'V-1', payeeName: '业主', note: '现金' };
      return await payOutRefund(process, { ...command, ...payout });
    }
  }
}

/** Proposes what becomes of money in suspense, and has it approved. */
export async function onCase(stage: Stage, step: Of<'case'>): Promise<unknown> {
  const { seen } = stage;
  const direction = step.how === 'adopt' ? 'out' : 'in';
  const open = seen.cases.filter((one) => one.state === 'open' && one.direction === direction);
  const found = nth(open, step.case);
  if (!found) return undefined;
  const key = `case-${step.key}-${step.how}-${step.bill}-${found.id}`;
  const asked = { actor: stage.world.maker, caseId: found.id, idempotencyKey: key };
  if (step.how === 'settle') return await settle(stage, step, { ...asked, left: found.left });
  const reason = '核对无误';
  const ask =
    step.how === 'refund'
      ? requestCaseRefund(stage.process, { ...asked, reason })
      : adopt(stage, { ...asked, reason, left: found.left });
  const made = await ask;
  if (!made) return undefined;
  sameAsBefore(stage, key, made);
  if (step.verdict === 'none') return made;
  const decision = { actor: stage.world.checker, refundId: made.refundId, amountFen: found.left };
  return await approveRefund(stage.process, decision);
}

interface Asked {
  readonly actor: Stage['world']['maker'];
  readonly caseId: string;
  readonly idempotencyKey: string;
  readonly left: number;
}

/** The money that left us was of this case, or of this line of a payment. */
async function adopt({ process, seen }: Stage, asked: Asked & { readonly reason: string }) {
  const { left, ...request } = asked;
  const same = seen.cases.find((one) => one.direction === 'in' && one.left === left);
  if (same) return await requestAdoption(process, { ...request, of: { caseId: same.id } });
  const line = seen.lines.find((one) => one.settled - one.refunded - one.reserved >= left);
  if (!line) return undefined;
  const lines = [{ billId: line.bill, amountFen: left }];
  const of = { paymentId: line.payment, lines, billEffect: 'reopen' } as const;
  return await requestAdoption(process, { ...request, of });
}

async function settle(stage: Stage, step: Of<'case'>, asked: Asked): Promise<unknown> {
  const { world, process, seen } = stage;
  const { left, ...request } = asked;
  const { parkingId } = world.company;
  const open = seen.bills.filter(
    ({ unit, amount, paid, waived }) => unit !== parkingId && amount > paid + waived,
  );
  const bill = nth(open, step.bill);
  if (!bill) return undefined;
  const amountFen = Math.min(left, bill.amount - bill.paid - bill.waived);
  const made = await proposeSettlement(process, {
    ...request,
    unitId: world.company.unitId,
    lines: [{ billId: bill.id, amountFen }],
    note: '抵缴',
    // Another amount is another wish.
    idempotencyKey: `${request.idempotencyKey}-${bill.id}-${amountFen}`,
  });
  const { settlementId } = made;
  if (step.verdict === 'none') return made;
  return await approveSettlement(process, { actor: world.checker, settlementId });
}

export async function decideSettlement(
  { world, process, seen }: Stage,
  step: Of<'decide-settlement'>,
): Promise<unknown> {
  const settlementId = nth(seen.settlements, step.settlement)?.id;
  if (!settlementId) return undefined;
  const { maker, checker } = world;
  switch (step.verdict) {
    case 'approve':
      return await approveSettlement(process, { actor: checker, settlementId });
    case 'reject':
      return await dropSettlement(process, {
        actor: checker,
        settlementId,
        to: 'rejected',
        note: '不符',
      });
    case 'cancel':
      return await dropSettlement(process, {
        actor: maker,
        settlementId,
        to: 'cancelled',
        note: null,
      });
  }
}
