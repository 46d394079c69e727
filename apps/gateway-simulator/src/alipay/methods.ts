import type { FaultPlace } from '../faults.ts';
import { takeAlipayMessage } from '../messages/alipay.ts';
import { openRecords } from '../messages/records.ts';
import { movePlan, queryAgreement, unsignAgreement } from './agreements.ts';
import { billDownloadUrl } from './bill-download.ts';
import type { PayDeps } from './deps.ts';
import { exchangeCode } from './oauth.ts';
import { queryRefund, refundTrade } from './refunds.ts';
import { failed, invalid } from './refusals.ts';
import type { Call } from './request.ts';
import type { Scene } from './scene.ts';
import {
  cancelTrade,
  closeTrade,
  createTrade,
  payTrade,
  precreateTrade,
  queryTrade,
} from './trade-methods.ts';

type Value = Record<string, unknown>;

export type Method = {
  at: Exclude<FaultPlace, 'notify'>;
  /** The reply has neither `code` nor `msg` on success. */
  isBare?: boolean;
  run(deps: PayDeps, call: Call, scene: Scene): Value | Promise<Value>;
};

/** Every method that a server calls; pages that a payer opens are in `pages.ts`. */
export const methods: Readonly<Record<string, Method>> = {
  'alipay.trade.create': { at: 'prepay', run: createTrade },
  'alipay.trade.precreate': { at: 'prepay', run: precreateTrade },
  'alipay.trade.pay': { at: 'prepay', run: payTrade },
  'alipay.trade.query': { at: 'query', run: queryTrade },
  'alipay.trade.cancel': { at: 'cancel', run: cancelTrade },
  'alipay.trade.close': { at: 'close', run: closeTrade },
  'alipay.trade.refund': {
    at: 'refund',
    run: (deps, { app, biz }, { fault }) => refundTrade(deps, app, biz, fault),
  },
  'alipay.trade.fastpay.refund.query': {
    at: 'refund-query',
    run: (deps, { app, biz }) => queryRefund(deps, app, biz),
  },
  'alipay.data.dataservice.bill.downloadurl.query': { at: 'statement', run: billDownloadUrl },
  'alipay.system.oauth.token': { at: 'login', isBare: true, run: exchangeCode },
  'alipay.open.app.mini.templatemessage.send': { at: 'login', run: takeMessage },
  'alipay.open.app.alipaycert.download': { at: 'certificates', run: downloadCertificate },
  'alipay.user.agreement.query': { at: 'query', run: queryAgreement },
  'alipay.user.agreement.unsign': { at: 'close', run: unsignAgreement },
  'alipay.user.agreement.executionplan.modify': { at: 'prepay', run: movePlan },
};

/** The certificate behind an `alipay_cert_sn` that the merchant does not know yet. */
function downloadCertificate(_: PayDeps, { app, biz }: Call): Value {
  const found = app.alipayCertificates.find((one) => one.sn === biz.alipay_cert_sn);
  if (found === undefined) throw invalid('invalid-parameter', '支付宝公钥证书SN不存在');
  return { alipay_cert_content: Buffer.from(found.pem).toString('base64') };
}

/** A template message of a mini-program; faults strike it as they do calls about a person. */
function takeMessage(deps: PayDeps, { app, biz }: Call): Value {
  const taken = takeAlipayMessage(
    { ...deps, records: openRecords(deps) },
    { appId: app.appId, name: app.name, biz },
  );
  if ('refusal' in taken) throw failed(String(taken.refusal), '模板消息未发送');
  return taken;
}
