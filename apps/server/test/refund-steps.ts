import type { BillEffect, RefundState } from '@wuye-pay/contract';
import type { ChannelRefund } from '../src/modules/channels/index.ts';
import {
  approveRefund,
  approveSettlement,
  confirmRefund,
  paymentTasks,
  proposeSettlement,
  requestCaseRefund,
  requestRefund,
  takeDeskPayment,
} from '../src/modules/payment/index.ts';
import { receiveNotification } from '../src/modules/payment/use-cases/receive-notification.ts';
import { sql } from '../src/platform/database/index.ts';
import type { BilledUnit } from './billing-builders.ts';
import type { PaymentWorld } from './payment-builders.ts';
import { stepsIn } from './payment-steps.ts';

let keys = 0;

/** What tests of refunds do again and again, in the world that a test stands in. */
export function refundStepsIn(world: () => PaymentWorld) {
  const payments = stepsIn(world);
  const read = <Row>(statement: ReturnType<typeof sql<Row>>) =>
    world().system.deps.db.read(world().companyId, (tx) => tx.many(statement));

  /** Asked for again and again, it is the same request. */
  function requestOf(
    paymentId: string,
    billIds: readonly string[],
    amountsFen: readonly number[],
    billEffect: BillEffect = 'reopen',
  ) {
    keys += 1;
    const idempotencyKey = `refund-key-${keys}`;
    return () =>
      requestRefund(world().deps, {
        actor: world().staff,
        paymentId,
        lines: amountsFen.flatMap((amountFen, index) =>
          amountFen === 0 ? [] : [{ billId: billIds[index] ?? '', amountFen }],
        ),
        billEffect,
        reason: '业主搬走，退回多收的物业费',
        idempotencyKey,
      });
  }

  return {
    ...payments,
    read,
    /** A payment that was paid in full, with its bills. */
    async paid(...amountsFen: number[]) {
      const started = await payments.started(...amountsFen);
      await payments.confirm(world().channel.pay(started.orderNo));
      return started;
    },
    requestOf,
    /** The maker asks for some fen of each bill, in their order. */
    ask: (...wish: Parameters<typeof requestOf>) => requestOf(...wish)(),
    askCase: (caseId: string) => {
      keys += 1;
      return requestCaseRefund(world().deps, {
        actor: world().staff,
        caseId,
        reason: '重复付款',
        idempotencyKey: `refund-key-${keys}`,
      });
    },
    approve: async (refundId: string, actor = world().checker) => {
      const [row] = await read(sql<{ amountFen: number }>`
        select amount_fen as "amountFen" from payment.refund
        where company_id = ${world().companyId} and id = ${refundId}`);
      await approveRefund(world().deps, { actor, refundId, amountFen: row?.amountFen ?? 0 });
    },
    refund: async (refundId: string) => {
      const [row] = await read(sql<{ state: RefundState; refundNo: string | null }>`
        select r.state, (select refund_no from payment.refund_attempt
          where company_id = r.company_id and refund_id = r.id order by id desc limit 1)
          as "refundNo"
        from payment.refund as r
        where r.company_id = ${world().companyId} and r.id = ${refundId}`);
      if (!row) throw new Error(`no refund ${refundId}`);
      return { state: row.state, refundNo: row.refundNo ?? '' };
    },
    numbersOf: (refundId: string) =>
      read(sql<{ refundNo: string; state: string; sends: number }>`
        select refund_no as "refundNo", state, sends from payment.refund_attempt
        where company_id = ${world().companyId} and refund_id = ${refundId} order by id`),
    /** The channel comes to the end of a refund and says so. */
    async notified(refundNo: string, times = 1) {
      const refund = world().channel.finishRefund(refundNo);
      const tell = () =>
        confirmRefund(world().deps, {
          companyId: world().companyId,
          source: 'notification',
          refund,
        });
      return await Promise.all(Array.from({ length: times }, tell));
    },
    /** A notice comes in, as the channel's own words or as a hint where to look. */
    async tell(body: string | object) {
      const { deps, companyId, shortCode } = world();
      const answer = await receiveNotification(
        {
          ...deps,
          companyByShortCode: async (_deps, code) =>
            code === shortCode ? { companyId } : undefined,
        },
        {
          channel: 'wechat-pay',
          shortCode,
          accountNumber: 1,
          headers: {},
          rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
          remoteIp: '127.0.0.1',
        },
      );
      if (answer !== 'accepted') throw new Error(`the notice was ${answer}`);
    },
    confirmBack: (refund: ChannelRefund) =>
      confirmRefund(world().deps, { companyId: world().companyId, source: 'query', refund }),
    orderOf: async (paymentId: string) => (await payments.viewOf(paymentId))?.orderNo ?? '',
    /** Somebody pays all bills of a unit in cash. */
    payAtDesk: (unit: BilledUnit) => {
      keys += 1;
      return takeDeskPayment(world().deps, {
        actor: world().staff,
        unitId: unit.unitId,
        billIds: unit.bills.map(({ id }) => id),
        method: 'cash',
        amountFen: unit.bills.reduce((all, { amountFen }) => all + amountFen, 0),
        idempotencyKey: `desk-key-${keys}`,
      });
    },
    /** The money of a case settles the bills of a unit; two people. @returns the payment's id */
    async useCase(caseId: string, unit: BilledUnit) {
      keys += 1;
      const { deps, staff, checker, companyId } = world();
      const { settlementId } = await proposeSettlement(deps, {
        actor: staff,
        caseId,
        unitId: unit.unitId,
        lines: unit.bills.map(({ id, amountFen }) => ({ billId: id, amountFen })),
        note: '付款人同意抵缴',
        idempotencyKey: `use-case-key-${keys}`,
      });
      await approveSettlement(deps, { actor: checker, settlementId });
      const [made] = await read(sql<{ id: string }>`
        select payment_id as id from payment.case_settlement
        where company_id = ${companyId} and id = ${settlementId}`);
      return made?.id ?? '';
    },
    /** What a bill says: paid, waived, and what is owed. */
    async bill(id: string) {
      const [row] = await read(sql<{ paidFen: number; waivedFen: number; openFen: number }>`
        select paid_fen as "paidFen", waived_fen as "waivedFen",
          amount_fen - paid_fen - waived_fen as "openFen"
        from billing.bill where company_id = ${world().companyId} and id = ${id}`);
      return row;
    },
    /** What an account holds, on its normal side; all of a kind together. */
    async balance(kind: string, side: 'debit' | 'credit' = 'debit') {
      const [row] = await read(sql<{ fen: number }>`
        select coalesce(sum(case when t.debit_code ~ ${`^${kind}(:|$)`} then t.amount_fen else 0 end
          - case when t.credit_code ~ ${`^${kind}(:|$)`} then t.amount_fen else 0 end), 0)::bigint
          as fen
        from ledger.pub_transfer as t where t.company_id = ${world().companyId}`);
      const fen = row?.fen ?? 0;
      return side === 'debit' ? fen : -fen + 0;
    },
    openCases: () =>
      read(sql<{ id: string; reason: string; direction: string; leftFen: number }>`
        select id, reason, direction, amount_fen - resolved_fen as "leftFen"
        from payment.surplus where company_id = ${world().companyId} and state = 'open'
        order by id`),
    /** The worker runs once, at this instant. */
    async work() {
      for (const task of paymentTasks(world().deps)) await task.run();
    },
  };
}
