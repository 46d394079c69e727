import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ControlRefused, number, oneOf, readFields, text } from '../control-input.ts';
import { faultsAt, type NotifyFault } from '../faults.ts';
import { queryOf } from '../inbound.ts';
import { billLines, feeYuan } from './bill-lines.ts';
import { merchantOf } from './control.ts';
import type { PayDeps } from './pay.ts';
import type { Refund } from './records.ts';
import { finishRefund } from './refunds.ts';

const FEN_MOST = Number.MAX_SAFE_INTEGER;
const COPIES_MOST = 1_000;
/** How a refund ends: money back, closed (nothing moved), or stuck at the bank. */
const ENDINGS = { refunded: 'SUCCESS', failed: 'CLOSED', abnormal: 'ABNORMAL' } as const;
type Ending = keyof typeof ENDINGS;

type RefundParams = { Params: { outRefundNo: string } };

/** What tests and the demo call about refunds, statements and balances of WeChat Pay. */
export function registerMoneyControl(app: FastifyInstance, deps: PayDeps): void {
  const base = '/control/wechat-pay';
  app.get<RefundParams>(`${base}/refunds/:outRefundNo`, (request) =>
    viewOf(deps, refundOf(deps, request)),
  );
  app.post<RefundParams>(`${base}/refunds/:outRefundNo/finish`, async (request) => {
    const fields = readFields(request, ['outcome', 'mchid']);
    const outcome = oneOf(fields, 'outcome', Object.keys(ENDINGS) as Ending[]);
    const refund = refundOf(deps, request);
    if (refund.state !== 'PROCESSING') {
      throw new ControlRefused(`退款已经结束：${refund.state}`, 'outRefundNo', 409);
    }
    return viewOf(deps, await finishRefund(deps, refund, ENDINGS[outcome]));
  });
  app.post<RefundParams>(`${base}/refunds/:outRefundNo/notify`, async (request) => {
    const fields = readFields(request, ['times', 'parallel', 'fault', 'totalFen', 'mchid']);
    const refund = refundOf(deps, request);
    const times = number(fields, 'times', { least: 1, most: COPIES_MOST, fallback: 1 });
    const totalFen = fields.totalFen === undefined ? undefined : fen(fields, 'totalFen');
    const fault =
      fields.fault === undefined
        ? undefined
        : { fault: oneOf(fields, 'fault', faultsAt('notify')) as NotifyFault, totalFen };
    const parallel = fields.parallel === true;
    const sent = await deps.notifier.sendRefundNow(refund, { times, parallel, fault });
    return { statuses: sent.map((one) => one.status), answers: sent.map((one) => one.answer) };
  });
  app.get(`${base}/statement`, (request) => statementOf(deps, queryOf(request)));
  app.post(`${base}/balance`, (request) => {
    const fields = readFields(request, ['mchid', 'balanceFen']);
    const merchant = merchantOf(deps, text(fields, 'mchid'));
    const balanceFen = fields.balanceFen === null ? undefined : fen(fields, 'balanceFen');
    deps.records.merchants.set(merchant.mchid, { ...merchant, balanceFen });
    return { mchid: merchant.mchid, balanceFen: balanceFen ?? null };
  });
}

function fen(fields: Record<string, unknown>, name: string): number {
  return number(fields, name, { least: 0, most: FEN_MOST });
}

/** What the trade bill (ALL) of a day says, without the faults of a file. */
function statementOf(deps: PayDeps, query: URLSearchParams) {
  const mchid = query.get('mchid') ?? '';
  const day = query.get('day') ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new ControlRefused('day 须写作 2026-01-31', 'day');
  const subMchid = query.get('subMchid') ?? undefined;
  const lines = billLines(deps, { mchid: merchantOf(deps, mchid).mchid, subMchid }, day);
  const sum = (kind: 'payment' | 'refund') =>
    lines.filter((one) => one.kind === kind).reduce((all, one) => all + one.amountFen, 0);
  return {
    lines: lines.map((line) => ({
      kind: line.kind,
      outTradeNo: line.order.outTradeNo,
      tradeNo: line.order.payment?.transactionId ?? null,
      outRefundNo:
        line.kind === 'refund' && !line.refund.isReversal ? line.refund.outRefundNo : null,
      amountFen: line.amountFen,
      feeYuan: feeYuan(line.feeFen),
    })),
    totalFen: sum('payment'),
    refundedFen: sum('refund'),
    feeYuan: feeYuan(lines.reduce((all, one) => all + one.feeFen, 0)),
  };
}

const STATES = {
  PROCESSING: 'pending',
  SUCCESS: 'refunded',
  CLOSED: 'failed',
  ABNORMAL: 'abnormal',
};

function viewOf(deps: PayDeps, refund: Refund) {
  const notifications = deps.records.notifications
    .values()
    .filter((one) => one.mchid === refund.mchid && one.outRefundNo === refund.outRefundNo)
    .map(({ id, attempts, dueAt, outcome }) => ({ id, attempts, dueAt, outcome }));
  return {
    outRefundNo: refund.outRefundNo,
    outTradeNo: refund.outTradeNo,
    refundNo: refund.refundId,
    state: STATES[refund.state],
    status: refund.state,
    refundFen: refund.refundFen,
    totalFen: refund.totalFen,
    finishAt: refund.finishAt,
    notifications,
  };
}

function refundOf(deps: PayDeps, request: FastifyRequest<RefundParams>): Refund {
  const { outRefundNo } = request.params;
  const mchid = queryOf(request).get('mchid') ?? undefined;
  const isWanted = (one: Refund) =>
    mchid === undefined || one.mchid === mchid || one.spMchid === mchid;
  const found = deps.records.refunds.find(
    (one) => one.outRefundNo === outRefundNo && isWanted(one),
  );
  if (found !== undefined) return found;
  throw new ControlRefused(`没有退款 ${outRefundNo}`, 'outRefundNo', 404);
}
