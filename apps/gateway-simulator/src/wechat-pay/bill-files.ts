import { beijingTime } from '../clock.ts';
import type { StatementFault } from '../faults.ts';
import { type BillLine, feeYuan, strangeLine, yuanText } from './bill-lines.ts';

export type TradeBillType = 'ALL' | 'SUCCESS' | 'REFUND';

const BOM = '\uFEFF';

const LEFT =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额';
const REFUND_PART = '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态';
const GOODS = '商品名称,商户数据包,手续费,费率,订单金额';
const HEADERS: Record<TradeBillType, string> = {
  ALL: `${LEFT},${REFUND_PART},${GOODS},申请退款金额,费率备注`,
  SUCCESS: `${LEFT},${GOODS},费率备注`,
  REFUND: `${LEFT},退款申请时间,退款成功时间,${REFUND_PART},${GOODS},申请退款金额,费率备注`,
};
const SUMMARY =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

/** The trade bill of a day as a file: BOM, CRLF, a backtick before every value. */
export function tradeBill(
  lines: BillLine[],
  how: { type: TradeBillType; rateBp: number; fault?: StatementFault | undefined },
): string {
  const wanted = lines.filter(
    (line) =>
      how.type === 'ALL' || (how.type === 'SUCCESS' ? line.kind === 'payment' : isRefund(line)),
  );
  const spoilt = spoiltLines(wanted, how.fault);
  const rows = spoilt.map((line) => row(tradeValues(line, how.type, how.rateBp)));
  const summary = summaryOf(spoilt);
  if (how.fault === 'statement-wrong-total') summary[1] = yuanText(1 + cents(summary[1]));
  const text = [HEADERS[how.type], ...rows, SUMMARY, row(summary)].join('\r\n');
  return `${BOM}${text}\r\n`;
}

/** Rows as a faulty file has them; the summary is of the same rows. */
export function spoiltLines(lines: BillLine[], fault: StatementFault | undefined): BillLine[] {
  const last = lines.at(-1);
  if (last === undefined) return lines;
  const rest = lines.slice(0, -1);
  switch (fault) {
    case 'statement-missing-row':
      return rest;
    case 'statement-extra-row':
      return [...lines, strangeLine(last)];
    case 'statement-duplicate-row':
      return [...lines, last];
    case 'statement-amount-off':
      return [...rest, { ...last, amountFen: last.amountFen + 1 }];
    case 'statement-fee-differs':
      return [...rest, { ...last, feeFen: last.feeFen + 1 }];
    default:
      return lines;
  }
}

function isRefund(line: BillLine): line is BillLine & { kind: 'refund' } {
  return line.kind === 'refund';
}

function tradeValues(line: BillLine, type: TradeBillType, rateBp: number): string[] {
  const { order, amountFen } = line;
  const isBack = isRefund(line);
  const left = [
    wallTime(line.at),
    order.appid,
    order.spMchid ?? order.mchid,
    order.spMchid === undefined ? '0' : order.mchid,
    '',
    order.payment?.transactionId ?? '',
    order.outTradeNo,
    order.payment?.openid ?? '',
    order.tradeType,
    stateOf(line),
    order.payment?.bankType ?? 'OTHERS',
    'CNY',
    isBack ? '0.00' : yuanText(amountFen),
    '0.00',
  ];
  const times = isBack
    ? [
        wallTime(line.refund.createdAt),
        line.refund.succeededAt === null ? '' : wallTime(line.refund.succeededAt),
      ]
    : ['', ''];
  const back = isBack
    ? [
        line.refund.refundId,
        line.refund.isReversal ? '0' : line.refund.outRefundNo,
        yuanText(amountFen),
        '0.00',
        line.refund.channel,
        REFUND_STATES[line.refund.state],
      ]
    : ['0', '0', '0.00', '0.00', '', ''];
  const goods = [
    order.description,
    order.attach ?? '',
    feeYuan(line.feeFen),
    `${(rateBp / 100).toFixed(2)}%`,
    isBack ? '0.00' : yuanText(amountFen),
  ];
  const asked = isBack ? yuanText(amountFen) : '0.00';
  if (type === 'SUCCESS') return [...left, ...goods, ''];
  return [...left, ...(type === 'REFUND' ? times : []), ...back, ...goods, asked, ''];
}

const REFUND_STATES = {
  SUCCESS: 'SUCCESS',
  PROCESSING: 'PROCESSING',
  ABNORMAL: 'CHANGE',
  CLOSED: 'FAIL',
};

function stateOf(line: BillLine): string {
  if (!isRefund(line)) return 'SUCCESS';
  return line.refund.isReversal ? 'REVOKED' : 'REFUND';
}

function summaryOf(lines: BillLine[]): string[] {
  const sum = (part: (line: BillLine) => number) => lines.reduce((all, one) => all + part(one), 0);
  const paid = yuanText(sum((line) => (isRefund(line) ? 0 : line.amountFen)));
  const back = yuanText(sum((line) => (isRefund(line) ? line.amountFen : 0)));
  const fee = feeYuan(sum((line) => line.feeFen));
  return [`${lines.length}.0`, paid, back, '0.00', fee, paid, back];
}

const FLOW_HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号';
const FLOW_SUMMARY = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

/**
 * The flow of money of a day: a payment and its fee are two rows; a refund is one, less the fee
 * given back.
 * @param openingFen fen on the account before the first row
 */
export function fundFlowBill(
  lines: BillLine[],
  openingFen: number,
  fault?: StatementFault,
): string {
  let balanceFen = openingFen;
  const flows = spoiltLines(lines, fault).flatMap(flowsOf);
  const rows = flows.map((flow) => {
    balanceFen += flow.fen;
    const isIn = flow.fen >= 0;
    return row([
      wallTime(flow.at),
      flow.tradeNo,
      flow.flowNo,
      flow.name,
      flow.name,
      isIn ? '收入' : '支出',
      yuanText(Math.abs(flow.fen)),
      yuanText(balanceFen),
      'system',
      flow.note,
      flow.voucher,
    ]);
  });
  const incoming = flows.filter((flow) => flow.fen >= 0).map((flow) => flow.fen);
  const outgoing = flows.filter((flow) => flow.fen < 0).map((flow) => -flow.fen);
  const add = (fens: number[]) => fens.reduce((all, one) => all + one, 0);
  const off = fault === 'statement-wrong-total' ? 1 : 0;
  const summary = [
    `${flows.length}.0`,
    `${incoming.length}.0`,
    yuanText(add(incoming) + off),
    `${outgoing.length}.0`,
    yuanText(add(outgoing)),
  ];
  return `${BOM}${[FLOW_HEADER, ...rows, FLOW_SUMMARY, row(summary)].join('\r\n')}\r\n`;
}

function flowsOf(line: BillLine) {
  const tradeNo = line.order.payment?.transactionId ?? '';
  const { at } = line;
  if (isRefund(line)) {
    const { refundId: voucher, outRefundNo, reason, isReversal } = line.refund;
    const name = isReversal ? '撤销' : '退款';
    const fen = -(line.amountFen + line.feeFen); // The fee is negative: it comes back.
    const note = reason ?? `退款单号：${outRefundNo}`;
    return [{ at, tradeNo, flowNo: flowNo(voucher, 1), name, fen, note, voucher }];
  }
  const note = `结算总金额:${yuanText(line.amountFen)} 元;含手续费:${yuanText(line.feeFen)} 元`;
  const base = { at, tradeNo, voucher: tradeNo };
  const paid = { ...base, flowNo: flowNo(tradeNo, 1), name: '交易', fen: line.amountFen, note };
  if (line.feeFen === 0) return [paid];
  const fee = { ...base, flowNo: flowNo(tradeNo, 2), name: '扣除交易手续费', fen: -line.feeFen };
  return [paid, { ...fee, note }];
}

/** The number of a flow, the same whenever the bill is written. */
function flowNo(source: string, nth: number): string {
  return `1900009231${source.slice(-17)}${nth}`;
}

function row(values: string[]): string {
  // The real file cannot hold a comma in a value either.
  return values.map((value) => `\`${value.replace(/[,`\r\n]/g, ' ')}`).join(',');
}

function wallTime(atMs: number): string {
  return beijingTime(atMs).slice(0, 19).replace('T', ' ');
}

function cents(yuan: string | undefined): number {
  return Math.round(Number(yuan ?? 0) * 100);
}
