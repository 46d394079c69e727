import { createHash } from 'node:crypto';
import { instantOfBeijing } from '../beijing-time.ts';
import type { ChannelContext, MandateNews } from '../channel.ts';
import type {
  MandateAnswer,
  MandateOrder,
  MandateRequestResult,
  MandateState,
  MandateVerbs,
} from '../mandate.ts';
import { withinBytes } from '../wire-text.ts';
import { call } from './client.ts';
import { isPartner, orderIds, queryOf, v2Ids } from './party.ts';
import { signV2 } from './v2.ts';
import { callV2, type V2Reply } from './v2-client.ts';
import { payerOfV2, type V2Fields } from './v2-message.ts';

/** Longest name that the wallet shows beside the plan, and longest reason to end it; in bytes. */
const maxDisplayBytes = 32;
const maxRemarkBytes = 256;
const dayMs = 24 * 3_600_000;

/** 委托代扣 under a plan (模板) that the channel approved for the merchant. */
export const mandates: MandateVerbs = { sign, query, announceDebit, end };

/** Nothing is asked of the channel: the address itself is the request, opened inside WeChat. */
async function sign(context: ChannelContext, order: MandateOrder): Promise<MandateRequestResult> {
  const problem = planProblem(context);
  if (problem) return problem;
  const { account, credentials, notifyUrl } = context;
  const parameters: V2Fields = {
    ...v2Ids(account),
    plan_id: credentials.planId ?? '',
    contract_code: order.mandateNo,
    request_serial: serialOf(order),
    // The payer sees this text signed: with these signs in it, it could be read as other fields.
    contract_display_account: withinBytes(order.displayName.replace(/[&=]/g, ''), maxDisplayBytes),
    notify_url: notifyUrl,
    // The request of a mini-program knows no version.
    ...(order.isMiniProgram ? {} : { version: '1.0' }),
    timestamp: String(Math.floor(context.clock.now().getTime() / 1000)),
  };
  const signature = signV2(parameters, credentials.apiV2Key ?? '', 'MD5');
  const page = `${account.endpoints.papay ?? ''}${isPartner(account) ? '/partner' : ''}/entrustweb`;
  const url = page + queryOf({ ...parameters, sign: signature });
  return { state: 'accepted', instructions: { kind: 'redirect', url } };
}

function planProblem({ credentials }: ChannelContext) {
  if (credentials.planId && credentials.apiV2Key) return undefined;
  const message = '收款账户没有填写代扣模板编号或 APIv2 密钥';
  return { state: 'refused', code: 'PLAN_MISSING', message } as const;
}

/** A number that grows with time and is nobody else's in the same millisecond. */
function serialOf({ requestedAt, mandateNo }: MandateOrder): string {
  const tail = createHash('sha256').update(mandateNo).digest().readUInt16BE() % 1000;
  return `${requestedAt.getTime()}${String(tail).padStart(3, '0')}`;
}

async function query(context: ChannelContext, mandateNo: string): Promise<MandateState> {
  const { account, credentials } = context;
  const reply = await callV2(context, {
    verb: 'mandate-query',
    path: papayPath(context, 'querycontract'),
    fields: { plan_id: credentials.planId ?? '', contract_code: mandateNo, version: '1.0' },
    isPlain: true,
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return { state: 'unknown', reason: reply.code };
  const { fields } = reply;
  if (fields.result_code !== 'SUCCESS') {
    const code = fields.err_code ?? 'the failure has no code';
    return notFound.has(code) ? { state: 'not-found' } : { state: 'unknown', reason: code };
  }
  const openId = payerOfV2(account, fields);
  return readContract(fields, { mandateNo, openId, now: context.clock.now() });
}

/** Of the channel's two names for it, one is of its newer documents. */
const notFound = new Set(['CONTRACT_NOT_EXIST', 'CONTRACTNOTEXIST']);

function readContract(
  fields: V2Fields,
  asked: { mandateNo: string; openId: string | undefined; now: Date },
): MandateState {
  const { contract_id: channelMandateNo, contract_code: mandateNo } = fields;
  if (mandateNo !== asked.mandateNo) {
    return { state: 'unknown', reason: 'the answer is about another contract' };
  }
  const known = (state: MandateNews['state'], time = ''): MandateState => {
    if (!channelMandateNo) return { state: 'unknown', reason: 'the contract has no number' };
    const at = instantOfBeijing(time.replace(/\D/g, '')) ?? asked.now;
    const payer = asked.openId === undefined ? {} : { payerOpenId: asked.openId };
    return { state: 'known', mandate: { mandateNo, channelMandateNo, state, at, ...payer } };
  };
  const ended = fields.contract_terminated_time;
  // 0: signed; 1: not, or not any more; 9: being signed.
  if (fields.contract_state === '0') return known('active', fields.contract_signed_time);
  if (fields.contract_state === '9') return { state: 'pending' };
  if (fields.contract_state !== '1') return { state: 'unknown', reason: 'no state of a contract' };
  return ended === undefined ? { state: 'pending' } : known('ended', ended);
}

/**
 * The payer's wallet tells of the debit at least 24 hours ahead; the debit then runs between 07:00
 * and 22:00. The one call of mandates in version 3.
 */
async function announceDebit(
  context: ChannelContext,
  debit: {
    readonly channelMandateNo: string;
    readonly amountFen: number;
    readonly debitOn: string;
  },
): Promise<MandateAnswer> {
  const { account, clock } = context;
  if (isPartner(account)) {
    const message = '服务商模式的扣款前通知请在服务商平台发送';
    return { state: 'refused', code: 'PARTNER_UNSUPPORTED', message };
  }
  const untilMs = Date.parse(`${debit.debitOn}T00:00:00+08:00`) - clock.now().getTime();
  const reply = await call(context, {
    verb: 'mandate-announce',
    method: 'POST',
    path: `/v3/papay/contracts/${encodeURIComponent(debit.channelMandateNo)}/notify`,
    body: {
      ...orderIds(account),
      deduct_duration: { count: Math.max(1, Math.ceil(untilMs / dayMs)), unit: 'DAY' },
      estimated_amount: { amount: debit.amountFen, currency: 'CNY' },
    },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'verified') {
    if (reply.status !== 204) return { state: 'unknown', reason: `status ${reply.status}` };
    return { state: 'done' };
  }
  if (reply.status === 429) return { state: 'unknown', reason: reply.code };
  return { state: 'refused', code: reply.code, message: reply.message };
}

async function end(
  context: ChannelContext,
  mandate: {
    readonly mandateNo: string;
    readonly channelMandateNo: string;
    readonly reason: string;
  },
): Promise<MandateAnswer> {
  const reply = await callV2(context, {
    verb: 'mandate-end',
    path: papayPath(context, 'deletecontract'),
    fields: {
      contract_id: mandate.channelMandateNo,
      contract_termination_remark: withinBytes(mandate.reason, maxRemarkBytes),
      version: '1.0',
    },
    isPlain: true,
  });
  return readEnd(reply);
}

function readEnd(reply: V2Reply): MandateAnswer {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    return { state: 'refused', code: reply.code, message: reply.message };
  }
  const { result_code: result, err_code: code = '', err_code_des: message = '' } = reply.fields;
  if (result === 'SUCCESS') return { state: 'done' };
  if (code === '' || code === 'SYSTEMERROR') {
    return { state: 'unknown', reason: code || 'the failure has no code' };
  }
  return { state: 'refused', code, message };
}

function papayPath({ account }: ChannelContext, name: string): string {
  return isPartner(account) ? `/papay/partner/${name}` : `/papay/${name}`;
}
