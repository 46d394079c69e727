import { appPayText, isSignedBy, payText } from './crypto.ts';
import { PayRefused } from './pay.ts';
import type { Merchant, Order } from './records.ts';

/** Who opens the sheet: a page in WeChat, a mini-program, or an app of the merchant's. */
export const bridgeKinds = ['jsapi', 'mini-program', 'app'] as const;
export type BridgeKind = (typeof bridgeKinds)[number];

/** The parameters of a payment once they are read; `check` holds them against the order. */
export type PayCall = { prepayId: string; check(order: Order, merchant: Merchant): void };

/** Reads what the merchant's page or app hands to the wallet. Throws a PayRefused. */
export function readPayCall(kind: BridgeKind, given: unknown): PayCall {
  const parameters = (given ?? {}) as Record<string, unknown>;
  return kind === 'app' ? readApp(parameters) : readPage(kind, parameters);
}

const PAGE = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const;
const APP = ['appid', 'partnerid', 'prepayid', 'package', 'noncestr', 'timestamp', 'sign'] as const;

function readPage(kind: 'jsapi' | 'mini-program', parameters: Record<string, unknown>): PayCall {
  const names = kind === 'jsapi' ? (['appId', ...PAGE] as const) : PAGE;
  const texts = readTexts(parameters, names);
  return {
    prepayId: /^prepay_id=(.+)$/.exec(texts.package)?.[1] ?? '',
    check: (order, merchant) => {
      if (order.tradeType !== 'JSAPI') throw new PayRefused('不是 JSAPI 支付的 prepay_id');
      if (texts.signType !== 'RSA') throw new PayRefused('签名类型只能是 RSA');
      // A mini-program does not say who it is: WeChat knows, and it signs with its own app id.
      const appId = texts.appId ?? appOf(order);
      if (appId !== appOf(order)) throw new PayRefused('appId 与下单时不一致');
      checkSignature(merchant, payText({ ...texts, appId }), texts.paySign);
    },
  };
}

function readApp(parameters: Record<string, unknown>): PayCall {
  const texts = readTexts(parameters, APP);
  return {
    prepayId: texts.prepayid,
    check: (order, merchant) => {
      if (texts.package !== 'Sign=WXPay') throw new PayRefused('package 须是 Sign=WXPay');
      if (order.tradeType !== 'APP') throw new PayRefused('不是 APP 支付的 prepay_id');
      const owners = [order.mchid, order.spMchid];
      if (!owners.includes(texts.partnerid)) throw new PayRefused('partnerid 与下单时不一致');
      if (texts.appid !== order.appid && texts.appid !== order.subAppid) {
        throw new PayRefused('appid 与下单时不一致');
      }
      checkSignature(merchant, appPayText(texts), texts.sign);
    },
  };
}

/** The app that the payer's id belongs to. */
function appOf(order: Order): string {
  return order.payerAppid ?? order.appid;
}

type Texts<Name extends string> = Record<Name, string> & { appId?: string };

function readTexts<Name extends string>(
  parameters: Record<string, unknown>,
  names: readonly Name[],
): Texts<Name> {
  for (const name of names) {
    const value = parameters[name];
    if (typeof value !== 'string' || value === '') {
      throw new PayRefused(`调用支付JSAPI缺少参数：${name}（须为字符串）`);
    }
  }
  return Object.fromEntries(names.map((name) => [name, parameters[name]])) as Texts<Name>;
}

function checkSignature(merchant: Merchant, text: string, signature: string): void {
  const isSigned = Object.values(merchant.keys).some((key) => isSignedBy(text, signature, key));
  if (!isSigned) throw new PayRefused('支付验证签名失败');
}
