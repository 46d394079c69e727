import { openSealed } from './crypto.ts';
import { type Call, type CallInput, readJson, type Success, success } from './order-calls.ts';
import { checkNotifyUrl } from './order-rules.ts';
import { canonical, orderByTransaction, orderFor } from './orders.ts';
import { type Party, subParty } from './party.ts';
import type { PayDeps } from './pay.ts';
import { platformPrivateKeys } from './platform-keys.ts';
import { type Order, orderKey, type Refund } from './records.ts';
import { refundOf } from './refund-object.ts';
import { type RefundBody, readAbnormalRefund, readRefund } from './refund-rules.ts';
import {
  askRefund,
  type RefundProblem,
  RefundRefused,
  refundDueAt,
  saveRefund,
} from './refunds.ts';
import { parameterRefusal, type Refusal, refusals } from './refusals.ts';

const PATH = '^/v3/refund/domestic/refunds';

/** Refunds of APIv3; the same paths for a merchant and for a partner. */
export const refundCalls: readonly Call[] = [
  { method: 'POST', path: new RegExp(`${PATH}$`), at: 'refund', run: request },
  { method: 'GET', path: new RegExp(`${PATH}/([^/]+)$`), at: 'refund-query', run: query },
  {
    method: 'POST',
    path: new RegExp(`${PATH}/([^/]+)/apply-abnormal-refund$`),
    at: 'refund',
    run: applyAbnormal,
  },
];

function request(deps: PayDeps, input: CallInput): Success {
  const body = readRefund(readJson(input.body));
  if (body.notify_url !== undefined) checkNotifyUrl(body.notify_url);
  const order = orderToRefund(deps, partyOfRefund(input, body.sub_mchid, 'body'), body);
  if (order === undefined) throw refusals.refundOrderNotExist();
  try {
    const refund = askRefund(
      deps,
      {
        order,
        outRefundNo: body.out_refund_no,
        refundFen: body.amount.refund,
        totalFen: body.amount.total,
        reason: body.reason ?? null,
        notifyUrl: body.notify_url ?? null,
        fundsAccount: body.funds_account ?? 'UNSETTLED',
        parameters: canonical(body),
        version: 'v3',
      },
      input.fault,
    );
    return success(refundOf(refund, order));
  } catch (error) {
    if (error instanceof RefundRefused) throw refundRefusals[error.problem]();
    throw error;
  }
}

const refundRefusals: Record<RefundProblem, () => Refusal> = {
  'not-paid': refusals.refundNotPaid,
  'total-differs': refusals.refundTotalDiffers,
  exceeds: refusals.refundExceeds,
  'too-late': refusals.refundTooLate,
  'too-many': refusals.refundTooMany,
  'not-enough': refusals.refundNotEnough,
  'number-used': refusals.refundNumberUsed,
};

function query(deps: PayDeps, input: CallInput): Success {
  const party = partyOfRefund(input, input.query.get('sub_mchid') ?? undefined, 'query');
  const refund = deps.records.refunds.get(orderKey(party.mchid, input.key));
  if (refund === undefined || refund.isReversal || refund.spMchid !== party.spMchid) {
    throw refusals.refundNotExist();
  }
  return success(refundOf(refund, orderOf(deps, refund)));
}

/** Sends a refund that the bank refused to another account. */
function applyAbnormal(deps: PayDeps, input: CallInput): Success {
  const body = readAbnormalRefund(readJson(input.body));
  const party = partyOfRefund(input, body.sub_mchid, 'body');
  const refund = deps.records.refunds.get(orderKey(party.mchid, body.out_refund_no));
  if (refund?.refundId !== input.key) throw refusals.refundNotExist();
  if (refund.state !== 'ABNORMAL') throw refusals.refundNotAbnormal();
  if (body.type === 'USER_BANK_CARD') {
    const keys = platformPrivateKeys(deps.records, deps.clock, input.merchant);
    for (const name of ['bank_account', 'real_name'] as const) {
      if (openSealed(body[name] ?? '', keys) === undefined) throw refusals.fieldNotDecrypted(name);
    }
  }
  const order = orderOf(deps, refund);
  const again = saveRefund(deps, {
    ...refund,
    state: 'PROCESSING',
    channel: body.type === 'USER_BANK_CARD' ? 'OTHER_BANKCARD' : 'OTHER_BALANCE',
    finishAt: refundDueAt(deps, order),
    finishAs: 'SUCCESS',
  });
  return success(refundOf(again, order));
}

function orderToRefund(deps: PayDeps, party: Party, body: RefundBody): Order | undefined {
  const { transaction_id: id, out_trade_no: no } = body;
  if (id === undefined && no === undefined) {
    const message = '微信支付订单号和商户订单号须填写其中之一';
    throw parameterRefusal({ field: '/body/transaction_id', message });
  }
  if (id !== undefined) return orderByTransaction(deps, party, id);
  return orderFor(deps, party, no ?? '');
}

function partyOfRefund(
  { merchant }: CallInput,
  subMchid: string | undefined,
  location: 'body' | 'query',
): Party {
  if (subMchid === undefined) return { merchant, mchid: merchant.mchid };
  return subParty(merchant, subMchid, location);
}

function orderOf(deps: PayDeps, refund: Refund): Order {
  const order = deps.records.orders.get(orderKey(refund.mchid, refund.outTradeNo));
  if (order === undefined) throw refusals.refundNotExist();
  return order;
}
