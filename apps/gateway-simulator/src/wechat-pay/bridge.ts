import type { FastifyInstance, FastifyRequest } from 'fastify';
import { rawBody } from '../inbound.ts';
import { isSignedBy, payText } from './crypto.ts';
import { findPrepay } from './orders.ts';
import {
  checkPrepayAge,
  chooseOpenid,
  type PayDeps,
  type PayOutcome,
  PayRefused,
  pay,
  payOutcomes,
} from './pay.ts';
import type { Merchant, Order } from './records.ts';
import type { SimulatedUser } from './users.ts';
import { isPayOutcome, userOf } from './wallet.ts';
import { yuan } from './wallet-pages.ts';

const PARAMETERS = ['appId', 'timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const;
type Parameters = Record<(typeof PARAMETERS)[number], string>;

/** What the page's callback hears. A late payer has left the sheet before the money moves. */
const RESULTS: Record<PayOutcome, 'ok' | 'cancel' | 'fail'> = {
  paid: 'ok',
  cancel: 'cancel',
  fail: 'fail',
  'paid-no-notification': 'ok',
  'paid-notification-first': 'ok',
  'paid-notified-twice': 'ok',
  'paid-after-close': 'cancel',
};

/** The server's side of `WeixinJSBridge.invoke('getBrandWCPayRequest')`. */
export function registerBridge(app: FastifyInstance, deps: PayDeps): void {
  app.post('/wechat-pay/bridge/open', (request) =>
    orReason(() => {
      const { order, merchant, user } = checkCall(deps, request);
      return {
        merchantName: merchant.name,
        description: order.description,
        amount: yuan(order.totalFen),
        payer: `${user.name} · ${user.note}`,
        outcomes: payOutcomes,
      };
    }),
  );

  app.post('/wechat-pay/bridge/pay', (request) =>
    orReason(async () => {
      const { order, user, outcome } = checkCall(deps, request);
      if (!isPayOutcome(outcome)) throw new PayRefused('未知的支付结果');
      await pay(deps, { order, openid: chooseOpenid(order, { user }), outcome });
      return { errMsg: `get_brand_wcpay_request:${RESULTS[outcome]}` };
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
  const body = JSON.parse(rawBody(request).toString() || '{}') as Record<string, unknown>;
  const parameters = readParameters(body.parameters);
  const prepayId = /^prepay_id=(.+)$/.exec(parameters.package)?.[1] ?? '';
  const found = findPrepay(deps, { prepayId });
  const merchant = found && deps.records.merchants.get(found.order.mchid);
  if (found === undefined || merchant === undefined)
    throw new PayRefused('支付场景非法：没有这个 prepay_id');
  checkSignature(merchant, found.order, parameters);
  const user = currentUser(request);
  chooseOpenid(found.order, { user });
  checkPrepayAge(deps, found.prepay);
  if (found.order.payment !== null) throw new PayRefused('该订单已支付');
  if (found.order.state === 'CLOSED') throw new PayRefused('该订单已关闭');
  return { order: found.order, merchant, user, outcome: body.outcome };
}

function readParameters(given: unknown): Parameters {
  const parameters = (given ?? {}) as Record<string, unknown>;
  for (const name of PARAMETERS) {
    const value = parameters[name];
    if (typeof value !== 'string' || value === '') {
      throw new PayRefused(`调用支付JSAPI缺少参数：${name}（须为字符串）`);
    }
  }
  return parameters as Parameters;
}

function checkSignature(merchant: Merchant, order: Order, parameters: Parameters): void {
  const { signType, paySign, appId } = parameters;
  if (signType !== 'RSA') throw new PayRefused('签名类型只能是 RSA');
  if (appId !== order.appid) throw new PayRefused('appId 与下单时不一致');
  const text = payText(parameters);
  const isSigned = Object.values(merchant.keys).some((key) => isSignedBy(text, paySign, key));
  if (!isSigned) throw new PayRefused('支付验证签名失败');
}

function currentUser(request: FastifyRequest): SimulatedUser {
  const user = userOf(request);
  if (user === undefined) throw new PayRefused('还没有登录模拟微信，请从模拟微信打开本页');
  return user;
}
