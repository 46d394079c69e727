import { yuanText } from '@wuye-pay/money';
import type { ChannelContext } from '../channel.ts';
import { textOf } from '../json.ts';
import type {
  MandateAnswer,
  MandateOrder,
  MandateRequestResult,
  MandateState,
  MandateVerbs,
} from '../mandate.ts';
import { call } from './client.ts';
import type { Reply, Wire } from './reply.ts';
import { pageUrl } from './request.ts';
import { instantOf } from './time.ts';
import { payerOf } from './trade.ts';

/** The agreement of monthly debits (周期扣款). */
const personalProduct = 'CYCLE_PAY_AUTH_P';
/** A plan of months names no later day, because every month has it. */
const lastPlanDay = 28;

export const mandates: MandateVerbs = { sign, query, announceDebit, end };

/** The address at which the payer agrees; nothing is asked of the channel before. */
async function sign(context: ChannelContext, order: MandateOrder): Promise<MandateRequestResult> {
  const { debitProductCode, signScene } = context.credentials;
  if (!signScene) {
    const message = '商户号没有填写签约场景码（sign_scene），请按签约合同填写后再试';
    return { state: 'refused', code: 'SIGN_SCENE_MISSING', message };
  }
  const url = pageUrl(context, {
    method: 'alipay.user.agreement.page.sign',
    isNotified: true,
    returnUrl: order.returnUrl,
    content: {
      product_code: debitProductCode || 'GENERAL_WITHHOLDING',
      personal_product_code: personalProduct,
      sign_scene: signScene,
      external_agreement_no: order.mandateNo,
      external_logon_id: order.displayName,
      access_params: { channel: 'ALIPAYAPP' },
      period_rule_params: {
        period_type: 'MONTH',
        period: 1,
        execute_time: planDay(order.firstDebitOn),
        single_amount: yuanText(order.limitFen),
      },
    },
  });
  return { state: 'accepted', instructions: { kind: 'redirect', url } };
}

/** Later, not earlier, which could be in the past: every debit moves the plan to its own day. */
function planDay(day: string): string {
  if (Number(day.slice(8)) <= lastPlanDay) return day;
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

async function query(context: ChannelContext, mandateNo: string): Promise<MandateState> {
  const reply = await call(context, {
    verb: 'mandate-query',
    method: 'alipay.user.agreement.query',
    content: {
      personal_product_code: personalProduct,
      sign_scene: context.credentials.signScene ?? '',
      external_agreement_no: mandateNo,
    },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    if (isNoMandate(reply)) return { state: 'not-found' };
    return { state: 'unknown', reason: `${reply.subCode} (${reply.code})` };
  }
  return readMandate(context, mandateNo, reply.wire);
}

function readMandate({ clock }: ChannelContext, mandateNo: string, wire: Wire): MandateState {
  const channelMandateNo = textOf(wire.agreement_no);
  if (wire.external_agreement_no !== mandateNo || !channelMandateNo) {
    return { state: 'unknown', reason: 'the answer is about another agreement' };
  }
  if (wire.status === 'TEMP') return { state: 'pending' };
  if (wire.status !== 'NORMAL' && wire.status !== 'STOP') {
    return { state: 'unknown', reason: `status ${String(wire.status)}` };
  }
  const payer = payerOf(wire);
  return {
    state: 'known',
    mandate: {
      mandateNo,
      channelMandateNo,
      state: wire.status === 'NORMAL' ? 'active' : 'ended',
      at: instantOf(textOf(wire.sign_time)) ?? clock.now(),
      ...(payer !== undefined && { payerOpenId: payer }),
    },
  };
}

/** A debit must come on its planned day: the plan is moved where it says another. */
async function announceDebit(
  context: ChannelContext,
  debit: { readonly channelMandateNo: string; readonly debitOn: string },
): Promise<MandateAnswer> {
  const agreement = { agreement_no: debit.channelMandateNo };
  const known = await call(context, {
    verb: 'mandate-query',
    method: 'alipay.user.agreement.query',
    content: agreement,
  });
  if (known.kind !== 'done') return answerOf(known);
  const plannedOn = textOf(known.wire.next_deduct_time)?.slice(0, 10);
  if (plannedOn === debit.debitOn) return { state: 'done' };
  const moved = await call(context, {
    verb: 'mandate-plan',
    method: 'alipay.user.agreement.executionplan.modify',
    content: { ...agreement, deduct_time: debit.debitOn, memo: '按账单日调整扣款日' },
  });
  return answerOf(moved);
}

async function end(
  context: ChannelContext,
  mandate: { readonly mandateNo: string; readonly channelMandateNo: string },
): Promise<MandateAnswer> {
  const reply = await call(context, {
    verb: 'mandate-end',
    method: 'alipay.user.agreement.unsign',
    content: {
      personal_product_code: personalProduct,
      agreement_no: mandate.channelMandateNo,
      external_agreement_no: mandate.mandateNo,
    },
  });
  // Ended by the payer, or by an earlier try of ours.
  if (reply.kind === 'refusal' && isNoMandate(reply)) return { state: 'done' };
  return answerOf(reply);
}

function answerOf(reply: Reply): MandateAnswer {
  if (reply.kind === 'done') return { state: 'done' };
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (!reply.isSigned) return { state: 'unknown', reason: `${reply.subCode}, not signed` };
  return { state: 'refused', code: reply.subCode, message: reply.message };
}

function isNoMandate(reply: Reply & { kind: 'refusal' }): boolean {
  return reply.isSigned && /AGREEMENT_NOT_EXIST/.test(reply.subCode);
}
