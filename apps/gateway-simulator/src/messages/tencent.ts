import { createHash, createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rawBody } from '../inbound.ts';
import { deliver } from './deliver.ts';
import { type MessageFaults, playReply, type WireReply } from './faults.ts';
import { type Customer, customerOf, type MessageDeps, takeFromBalance } from './records.ts';

type Deps = MessageDeps & { messageFaults: MessageFaults };
type Order = {
  PhoneNumberSet?: string[];
  SmsSdkAppId?: string;
  TemplateId?: string;
  SignName?: string;
  TemplateParamSet?: string[];
  SessionContext?: string;
};

const FIVE_MINUTES_S = 300;
const AUTHORIZATION = new RegExp(
  '^TC3-HMAC-SHA256 Credential=([^/]+)/(\\d{4}-\\d\\d-\\d\\d)/sms/tc3_request, ' +
    'SignedHeaders=content-type;host, Signature=([0-9a-f]{64})$',
);

/** Every answer has HTTP 200; what was wrong stands inside. */
export async function answerTencent(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const customer = customerWhoSigned(deps, request);
  if (typeof customer === 'string') return reply.send(JSON.parse(failed(customer).body));
  const order = JSON.parse(rawBody(request).toString('utf8')) as Order;
  const phone = order.PhoneNumberSet?.[0] ?? '';
  const struck = deps.messageFaults.take('tencent-sms', phone.replace(/^\+86/, ''));
  return await playReply(reply, struck?.fault, () => {
    if (struck?.fault === 'throttled') return failed('RequestLimitExceeded');
    if (struck?.fault === 'refuse') {
      return item(order, phone, struck.code ?? 'FailedOperation.PhoneNumberInBlacklist');
    }
    return send(deps, customer, order, struck?.fault);
  });
}

function customerWhoSigned(deps: Deps, request: FastifyRequest): Customer | string {
  const { headers } = request;
  const given = AUTHORIZATION.exec(headers.authorization ?? '');
  if (!given) return 'AuthFailure.SignatureFailure';
  const [, secretId = '', day = '', signature] = given;
  const customer = customerOf(deps.records, 'tencent-sms', secretId);
  if (!customer) return 'AuthFailure.SecretIdNotFound';
  const timestamp = Number(headers['x-tc-timestamp']);
  const skew = Math.abs(timestamp - deps.clock.now() / 1000);
  if (!(skew < FIVE_MINUTES_S)) return 'AuthFailure.SignatureExpire';
  if (new Date(timestamp * 1000).toISOString().slice(0, 10) !== day) {
    return 'AuthFailure.SignatureFailure';
  }
  const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
  const canonical = `POST\n/\n\ncontent-type:${headers['content-type']}\nhost:${headers.host}\n\ncontent-type;host\n${hash(rawBody(request))}`;
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${day}/sms/tc3_request\n${hash(canonical)}`;
  const hmac = (key: string | Buffer, data: string) =>
    createHmac('sha256', key).update(data).digest();
  const key = hmac(hmac(hmac(`TC3${customer.keys.secretKey}`, day), 'sms'), 'tc3_request');
  if (hmac(key, text).toString('hex') !== signature) return 'AuthFailure.SignatureFailure';
  if (headers['x-tc-action'] !== 'SendSms' || headers['x-tc-version'] !== '2021-01-11') {
    return 'InvalidAction';
  }
  return customer;
}

function send(
  deps: Deps,
  customer: Customer,
  order: Order,
  fault: Parameters<typeof deliver>[2],
): WireReply {
  const [phone = ''] = order.PhoneNumberSet ?? [];
  if (phone === '') return failed('MissingParameter.EmptyPhoneNumberSet');
  if (order.SmsSdkAppId !== customer.keys.sdkAppId) {
    return failed('UnauthorizedOperation.SmsSdkAppIdVerifyFail');
  }
  if (!/^\+(861\d{10}|(?!86)\d{7,15})$/.test(phone)) {
    return item(order, phone, 'InvalidParameterValue.IncorrectPhoneNumber');
  }
  if (order.SignName !== customer.keys.signName) {
    return item(order, phone, 'FailedOperation.SignatureIncorrectOrUnapproved');
  }
  const template = customer.templates[order.TemplateId ?? ''];
  const values = order.TemplateParamSet ?? [];
  const places = new Set(template?.match(/\{\d+\}/g) ?? []).size;
  if (template === undefined || places !== values.length) {
    return item(order, phone, 'FailedOperation.TemplateIncorrectOrUnapproved');
  }
  if (!takeFromBalance(deps, customer)) {
    return item(order, phone, 'FailedOperation.InsufficientBalanceInSmsPackage');
  }
  const body = template.replace(/\{(\d+)\}/g, (_, no: string) => values[Number(no) - 1] ?? '');
  const shown = deliver(
    deps,
    {
      ...{ provider: 'tencent-sms', customer: customer.id, receiver: phone.replace(/^\+86/, '') },
      ...{ title: customer.keys.signName ?? '', lines: [], link: null },
      body: `【${order.SignName}】${body}`,
      outId: order.SessionContext ?? '',
    },
    fault,
  );
  return item(order, phone, 'Ok', shown.providerNo);
}

function failed(code: string): WireReply {
  const Error = { Code: code, Message: code };
  return { status: 200, body: JSON.stringify({ Response: { Error, RequestId: 'SIM' } }) };
}

function item(order: Order, phone: string, code: string, serialNo = ''): WireReply {
  const status = {
    ...{ SerialNo: serialNo, PhoneNumber: phone, Fee: code === 'Ok' ? 1 : 0, IsoCode: 'CN' },
    ...{ SessionContext: order.SessionContext ?? '', Code: code },
    Message: code === 'Ok' ? 'send success' : code,
  };
  const Response = { SendStatusSet: [status], RequestId: 'SIM' };
  return { status: 200, body: JSON.stringify({ Response }) };
}
