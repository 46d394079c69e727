import type { Deps } from './deps.ts';
import { yuanText } from './money.ts';
import type { Agreement, AlipayEvent, Application, Refund, Trade } from './records.ts';
import { randomDigits } from './signing.ts';
import { beijingDay, beijingText } from './time.ts';
import { buyerOf, statusOf } from './trades.ts';
import { openIdOf, userOfNo } from './users.ts';

type Sending = { withheld?: boolean; copies?: number };

/** The message that a trade was paid, or that a refund of it was made. */
export function tradeEvent(
  deps: Deps,
  { app, trade, refund, refundedFen }: TradeNews,
  { withheld = false, copies = 1 }: Sending = {},
): AlipayEvent {
  const { payment } = trade;
  if (payment === null) throw new Error(`trade ${trade.outTradeNo} is not paid`);
  const amount = yuanText(payment.totalFen);
  const { buyer_user_id: buyer_id, ...buyer } = buyerOf(app, payment.userNo);
  const id = newNotifyId(deps);
  const params = present({
    ...commonParams(app, id, 'trade_status_sync'),
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    out_biz_no: refund?.outRequestNo ?? null,
    buyer_id: buyer_id ?? null,
    ...buyer,
    seller_id: trade.sellerId,
    seller_email: app.sellerEmail,
    trade_status: statusOf(deps, trade),
    total_amount: amount,
    receipt_amount: amount,
    invoice_amount: amount,
    buyer_pay_amount: amount,
    point_amount: '0.00',
    refund_fee: refund === undefined ? null : yuanText(refundedFen ?? 0),
    subject: trade.subject,
    body: trade.body,
    gmt_create: beijingText(trade.createdAt ?? payment.paidAt),
    gmt_payment: beijingText(payment.paidAt),
    gmt_refund: refund === undefined ? null : beijingText(refund.refundedAt ?? deps.clock.now()),
    gmt_close: trade.closedAt === null ? null : beijingText(trade.closedAt),
    fund_bill_list: JSON.stringify([{ amount, fundChannel: payment.fundChannel }]),
    passback_params: trade.passbackParams,
  });
  const kind = refund === undefined ? 'payment' : 'refund';
  return newEvent(deps, app, {
    id,
    kind,
    params,
    outTradeNo: trade.outTradeNo,
    url: trade.notifyUrl,
    withheld,
    copies,
  });
}

export type TradeNews = {
  app: Application;
  trade: Trade;
  refund?: Refund;
  /** Fen refunded so far, this one included. */
  refundedFen?: number;
};

/** The message that an agreement was signed or ended. */
export function agreementEvent(deps: Deps, app: Application, agreement: Agreement): AlipayEvent {
  const isSigned = agreement.status === 'NORMAL';
  const id = newNotifyId(deps);
  const params = present({
    ...commonParams(app, id, isSigned ? 'dut_user_sign' : 'dut_user_unsign'),
    ...agreementFields(app, agreement),
    status: isSigned ? 'NORMAL' : 'UNSIGN',
    unsign_time: isSigned ? null : beijingText(deps.clock.now()),
  });
  return newEvent(deps, app, {
    id,
    kind: isSigned ? 'sign' : 'unsign',
    params,
    outTradeNo: agreement.externalAgreementNo ?? agreement.agreementNo,
    url: agreement.notifyUrl,
    withheld: false,
    copies: 1,
  });
}

/** What messages and the return to the merchant's page say of an agreement. */
export function agreementFields(app: Application, agreement: Agreement) {
  const user = agreement.userNo === null ? null : userOfNo(agreement.userNo);
  const isOpen = app.identity === 'open_id';
  return {
    agreement_no: agreement.agreementNo,
    external_agreement_no: agreement.externalAgreementNo,
    personal_product_code: agreement.personalProductCode,
    sign_scene: agreement.signScene,
    external_logon_id: agreement.externalLogonId,
    alipay_user_id: isOpen ? null : (user?.userId ?? null),
    alipay_open_id: isOpen && user !== null ? openIdOf(app.appId, user) : null,
    alipay_logon_id: user?.logonId ?? null,
    sign_time: agreement.signedAt === null ? null : beijingText(agreement.signedAt),
    valid_time: agreement.signedAt === null ? null : beijingText(agreement.signedAt),
    invalid_time: beijingText(agreement.invalidAt),
  };
}

/** Leaves out what there is not: empty parameters are not sent. */
export function present(fields: Record<string, string | null>): Record<string, string> {
  const kept = Object.entries(fields).filter((one): one is [string, string] => one[1] !== null);
  return Object.fromEntries(kept);
}

function commonParams(app: Application, id: string, type: string) {
  return {
    notify_type: type,
    notify_id: id,
    app_id: app.appId,
    auth_app_id: app.appId,
    charset: 'utf-8',
    version: '1.0',
  };
}

function newEvent(
  deps: Deps,
  app: Application,
  input: {
    id: string;
    kind: AlipayEvent['kind'];
    params: Record<string, string>;
    outTradeNo: string;
    url: string | null;
    withheld: boolean;
    copies: number;
  },
): AlipayEvent {
  const { url, withheld, ...rest } = input;
  // Nobody asked to be told: the event is kept, so that a test can still send it.
  const isWithheld = withheld || url === null;
  return {
    ...rest,
    appId: app.appId,
    sellerId: app.sellerId,
    url: url ?? app.lastNotifyUrl ?? '',
    createdAt: deps.clock.now(),
    attempts: 0,
    dueAt: isWithheld ? null : deps.clock.scheduleNow(),
    outcome: isWithheld ? 'withheld' : 'pending',
  };
}

/** 34 digits that begin with the day; the same in every repetition of one message. */
function newNotifyId(deps: Deps): string {
  return `${beijingDay(deps.clock.now()).replaceAll('-', '')}00222${randomDigits(21)}`;
}
