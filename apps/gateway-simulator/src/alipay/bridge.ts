import type { FastifyInstance, FastifyRequest } from 'fastify';
import { rawBody } from '../inbound.ts';
import { passwordProblem } from './cashier.ts';
import type { PayDeps } from './deps.ts';
import { shownYuan } from './money.ts';
import { openLink } from './pages.ts';
import {
  applicationOf,
  checkPayer,
  type PayOutcome,
  PayRefused,
  pay,
  payOutcomes,
  reasonAgainst,
} from './pay.ts';
import type { Trade } from './records.ts';
import { Refusal } from './refusals.ts';
import { readForm } from './request.ts';
import { findTrade } from './trades.ts';
import type { SimulatedUser } from './users.ts';
import { userOf } from './wallet-cookies.ts';

type SheetOutcome = { text: string; outcome: PayOutcome; resultCode: string };

/** What the payer does at the sheet, and the code that the page's callback hears. */
const sheetOutcomes: Readonly<Record<string, SheetOutcome>> = {
  paid: { text: '确认付款', outcome: 'paid', resultCode: '9000' },
  cancel: { text: '取消', outcome: 'cancel', resultCode: '6001' },
  fail: { text: '模拟支付失败（4000）', outcome: 'fail', resultCode: '4000' },
  'network-error': { text: '网络中断，没有付款（6002）', outcome: 'fail', resultCode: '6002' },
  processing: { text: '已支付，但显示处理中（8000）', outcome: 'paid', resultCode: '8000' },
  unknown: { text: '已支付，但结果未知（6004）', outcome: 'paid', resultCode: '6004' },
  ...Object.fromEntries(
    (['paid-no-notification', 'paid-notification-first', 'paid-notified-twice'] as const).map(
      (outcome) => [outcome, { text: payOutcomes[outcome], outcome, resultCode: '9000' }],
    ),
  ),
  // Such a payer has left the sheet before the money moves.
  'paid-after-close': {
    text: payOutcomes['paid-after-close'],
    outcome: 'paid-after-close',
    resultCode: '6001',
  },
};

/** The server's side of `AlipayJSBridge.call('tradePay')`. */
export function registerBridge(app: FastifyInstance, deps: PayDeps): void {
  app.post('/alipay/bridge/open', (request) =>
    orReason(() => {
      const { trade, user } = checkCall(deps, request);
      return {
        merchantName: applicationOf(deps, trade.appId).name,
        subject: trade.subject,
        amount: shownYuan(trade.totalFen),
        payer: `${user.name}（${user.logonId}）`,
        sources: user.sources.map(({ id, name }) => ({ id, name })),
        outcomes: Object.entries(sheetOutcomes).map(([id, { text }]) => ({ id, text })),
      };
    }),
  );
  app.post('/alipay/bridge/pay', (request) =>
    orReason(async () => {
      const { trade, user, body } = checkCall(deps, request);
      const name = typeof body.outcome === 'string' ? body.outcome : '';
      const chosen = Object.hasOwn(sheetOutcomes, name) ? sheetOutcomes[name] : undefined;
      if (chosen === undefined) throw new PayRefused('未知的支付结果');
      const isPaying = chosen.outcome.startsWith('paid');
      const problem = isPaying ? passwordProblem(body.password) : undefined;
      if (problem !== undefined) return { problem };
      const source = user.sources.find((one) => one.id === body.source);
      if (isPaying && source !== undefined && source.balanceFen < trade.totalFen) {
        return { problem: '余额不足，请换一种付款方式。' };
      }
      await pay(deps, { trade, userNo: user.no, outcome: chosen.outcome, source });
      return { resultCode: chosen.resultCode };
    }),
  );
}

/** Refusals are answers of the wallet, not errors of HTTP. */
async function orReason<T>(answer: () => T | Promise<T>): Promise<T | { reason: string }> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) return { reason: `${error.subMsg}（${error.subCode}）` };
    if (!(error instanceof PayRefused)) throw error;
    return { reason: error.message };
  }
}

/** All that the wallet checks before it shows a sheet, and again before money moves. */
function checkCall(deps: PayDeps, request: FastifyRequest) {
  const body = JSON.parse(rawBody(request).toString() || '{}') as Record<string, unknown>;
  const user: SimulatedUser | undefined = userOf(request);
  if (user === undefined) throw new PayRefused('还没有登录模拟支付宝，请从模拟支付宝打开本页');
  const trade = tradeIn(deps, (body.parameters ?? {}) as Record<string, unknown>);
  const refused = reasonAgainst(deps, trade);
  if (refused !== undefined) throw new PayRefused(refused);
  checkPayer(trade, user.no);
  return { trade, user, body };
}

function tradeIn(deps: PayDeps, parameters: Record<string, unknown>): Trade {
  const { tradeNO: tradeNo, orderStr } = parameters;
  if (typeof orderStr === 'string') {
    const opened = openLink(deps, readForm(orderStr));
    if (opened.kind === 'trade') return opened.trade;
    throw new PayRefused('orderStr 不是付款的订单串');
  }
  if (typeof tradeNo !== 'string' || tradeNo === '') {
    throw new PayRefused('tradePay 缺少参数：tradeNO 或 orderStr');
  }
  const found = deps.records.trades.find((one) => one.tradeNo === tradeNo);
  const trade = found && findTrade(deps, found.sellerId, found.outTradeNo);
  if (trade === undefined) throw new PayRefused('交易不存在，请确认 tradeNO');
  return trade;
}
