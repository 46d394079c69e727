import type { FastifyInstance, FastifyRequest } from 'fastify';
import { rawBody } from '../inbound.ts';
import { type BridgeKind, bridgeKinds, readPayCall } from './bridge-call.ts';
import { yuan } from './money.ts';
import { findPrepay } from './orders.ts';
import {
  checkPrepayAge,
  chooseOpenid,
  type PayDeps,
  type PayOutcome,
  PayRefused,
  pay,
  payOutcomes,
  reasonAgainstPaying,
} from './pay.ts';
import { methodsOf, readSheet } from './payment-sheet.ts';
import { actingMerchant, payeeOf } from './records.ts';
import type { SimulatedUser } from './users.ts';
import { userOf } from './wallet.ts';

/** What became of the payment. A late payer has left the sheet before the money moves. */
const RESULTS: Record<PayOutcome, 'ok' | 'cancel' | 'fail'> = {
  paid: 'ok',
  cancel: 'cancel',
  fail: 'fail',
  'paid-no-notification': 'ok',
  'paid-notification-first': 'ok',
  'paid-notified-twice': 'ok',
  'paid-after-close': 'cancel',
};

/** What the page's or the app's callback hears. */
const ANSWERS = {
  jsapi: (result: string) => ({ errMsg: `get_brand_wcpay_request:${result}` }),
  'mini-program': (result: string) => ({
    errMsg: result === 'cancel' ? 'requestPayment:fail cancel' : `requestPayment:${result}`,
  }),
  app: (result: string) => ({ errCode: { ok: 0, fail: -1, cancel: -2 }[result] ?? -1 }),
};

/** The server's side of the in-wallet payment: JSAPI, mini-programs and apps. */
export function registerBridge(app: FastifyInstance, deps: PayDeps): void {
  app.post('/wechat-pay/bridge/open', (request) =>
    orReason(() => {
      const { order, user } = checkCall(deps, request);
      return {
        merchantName: payeeOf(deps.records, order),
        description: order.description,
        amount: yuan(order.totalFen),
        payer: `${user.name} · ${user.note}`,
        methods: methodsOf(user),
        outcomes: payOutcomes,
      };
    }),
  );

  app.post('/wechat-pay/bridge/pay', (request) =>
    orReason(async () => {
      const { order, user, fields, kind } = checkCall(deps, request);
      const get = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
      const choice = readSheet({ get }, order, user);
      if ('problem' in choice) return choice; // The payer stays on the sheet.
      await pay(deps, { order, openid: chooseOpenid(order, { user }), ...choice });
      return ANSWERS[kind](RESULTS[choice.outcome]);
    }),
  );
}

/** Refusals are answers of the wallet, not errors of HTTP. */
async function orReason<T>(answer: () => T | Promise<T>): Promise<T | { reason: string }> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof PayRefused)) throw error;
    return { reason: error.message };
  }
}

/** All that the wallet checks before it shows a sheet, and again before money moves. */
function checkCall(deps: PayDeps, request: FastifyRequest) {
  const fields = JSON.parse(rawBody(request).toString() || '{}') as Record<string, unknown>;
  const kind: BridgeKind = bridgeKinds.find((one) => one === fields.kind) ?? 'jsapi';
  const call = readPayCall(kind, fields.parameters);
  const found = findPrepay(deps, { prepayId: call.prepayId });
  const merchant = found && actingMerchant(deps.records, found.order);
  if (found === undefined || merchant === undefined) {
    throw new PayRefused('支付场景非法：没有这个 prepay_id');
  }
  call.check(found.order, merchant);
  const user = currentUser(request);
  chooseOpenid(found.order, { user });
  checkPrepayAge(deps, found.prepay);
  const reason = reasonAgainstPaying(found.order);
  if (reason !== undefined) throw new PayRefused(reason);
  return { order: found.order, user, fields, kind };
}

function currentUser(request: FastifyRequest): SimulatedUser {
  const user = userOf(request);
  if (user === undefined) throw new PayRefused('还没有登录模拟微信，请从模拟微信打开本页');
  return user;
}
