import { createHash, createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { queryOf, rawBody } from '../inbound.ts';
import { deliver } from './deliver.ts';
import { type MessageFaults, playReply, type WireReply } from './faults.ts';
import { type Customer, customerOf, type MessageDeps, takeFromBalance } from './records.ts';

type Deps = MessageDeps & { messageFaults: MessageFaults };

const FIFTEEN_MINUTES_MS = 900_000;
const usedNonces = new Set<string>();
const NONCES_MOST = 100_000;

/** Dysmsapi: the action in a header, parameters in the query. */
export async function answerAliyun(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refused = refusalOf(deps, request);
  if (typeof refused === 'string') {
    return reply.code(400).send({ Code: refused, Message: refused, RequestId: 'SIM' });
  }
  const action = String(request.headers['x-acs-action']);
  const query = queryOf(request);
  if (action === 'QuerySendDetails') return reply.send(details(deps, refused, query));
  if (action !== 'SendSms') return reply.code(404).send({ Code: 'InvalidAction.NotFound' });
  const phone = query.get('PhoneNumbers') ?? '';
  const struck = deps.messageFaults.take('aliyun-sms', phone);
  return await playReply(reply, struck?.fault, () => {
    if (struck?.fault === 'throttled') return coded('Throttling.User', 400);
    if (struck?.fault === 'refuse') return coded(struck.code ?? 'isv.BUSINESS_LIMIT_CONTROL');
    return sendSms(deps, refused, query, struck?.fault);
  });
}

/** A code of the gateway, or the customer who signed. */
function refusalOf(deps: Deps, request: FastifyRequest): string | Customer {
  const { headers } = request;
  const given =
    /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]+)$/.exec(
      headers.authorization ?? '',
    );
  const customer = given && customerOf(deps.records, 'aliyun-sms', given[1] ?? '');
  if (!given || !customer) return 'InvalidAccessKeyId.NotFound';
  const date = Date.parse(String(headers['x-acs-date']));
  if (!(Math.abs(date - deps.clock.now()) < FIFTEEN_MINUTES_MS)) return 'InvalidTimeStamp.Expired';
  if (headers['x-acs-version'] !== '2017-05-25') return 'InvalidVersion';
  const signed = (given[2] ?? '').split(';');
  const needed = Object.keys(headers).filter(
    (name) => name.startsWith('x-acs-') || name === 'host',
  );
  const body = createHash('sha256').update(rawBody(request)).digest('hex');
  const isWhole = needed.every((name) => signed.includes(name));
  if (!isWhole || headers['x-acs-content-sha256'] !== body) return 'SignatureDoesNotMatch';
  const canonical = [
    request.method,
    '/',
    [...queryOf(request)]
      .map(([name, value]) => `${strict(name)}=${strict(value)}`)
      .sort()
      .join('&'),
    ...signed.map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    given[2],
    body,
  ].join('\n');
  const text = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`;
  const wanted = createHmac('sha256', customer.keys.accessKeySecret ?? '').update(text);
  if (wanted.digest('hex') !== given[3]) return 'SignatureDoesNotMatch';
  const nonce = String(headers['x-acs-signature-nonce']);
  if (usedNonces.has(nonce)) return 'SignatureNonceUsed';
  if (usedNonces.size > NONCES_MOST) usedNonces.clear();
  usedNonces.add(nonce);
  return customer;
}

function strict(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function coded(code: string, status = 200): WireReply {
  return { status, body: JSON.stringify({ Code: code, Message: code, RequestId: 'SIM' }) };
}

function sendSms(
  deps: Deps,
  customer: Customer,
  query: URLSearchParams,
  fault: Parameters<typeof deliver>[2],
): WireReply {
  const phone = query.get('PhoneNumbers') ?? '';
  if (!/^(1\d{10}|\d{8,15})$/.test(phone)) return coded('isv.MOBILE_NUMBER_ILLEGAL');
  const signName = query.get('SignName') ?? '';
  if (signName !== customer.keys.signName) return coded('isv.SMS_SIGNATURE_ILLEGAL');
  const template = customer.templates[query.get('TemplateCode') ?? ''];
  if (template === undefined) return coded('isv.SMS_TEMPLATE_ILLEGAL');
  let values: Record<string, unknown>;
  try {
    values = JSON.parse(query.get('TemplateParam') ?? '{}') as Record<string, unknown>;
  } catch {
    return coded('isv.INVALID_JSON_PARAM');
  }
  const names = [...template.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? '');
  if (names.some((name) => values[name] === undefined || values[name] === '')) {
    return coded('isv.TEMPLATE_MISSING_PARAMETERS');
  }
  const isLink = (value: unknown) => /https?:|www\.|\.(com|cn)\b/i.test(String(value));
  if (Object.values(values).some(isLink)) return coded('isv.PARAM_NOT_SUPPORT_URL');
  if (!takeFromBalance(deps, customer)) return coded('isv.AMOUNT_NOT_ENOUGH');
  const body = template.replace(/\$\{(\w+)\}/g, (_, name: string) => String(values[name]));
  const shown = deliver(
    deps,
    {
      ...{ provider: 'aliyun-sms', customer: customer.id, receiver: phone, title: signName },
      ...{ body: `【${signName}】${body}`, lines: [], link: null },
      outId: query.get('OutId') ?? '',
    },
    fault,
  );
  const BizId = `${shown.providerNo}^0`;
  deps.records.shown.set(shown.id, { ...shown, providerNo: BizId });
  return {
    status: 200,
    body: JSON.stringify({ Code: 'OK', Message: 'OK', RequestId: 'SIM', BizId }),
  };
}

const STATUS = { accepted: 1, failed: 2, delivered: 3 } as const;

function details(deps: Deps, customer: Customer, query: URLSearchParams) {
  const day = query.get('SendDate') ?? '';
  const size = Number(query.get('PageSize'));
  const found = deps.records.shown
    .values()
    .filter(
      (one) =>
        one.provider === 'aliyun-sms' &&
        one.customer === customer.id &&
        one.receiver === query.get('PhoneNumber') &&
        beijing(one.at).slice(0, 10).replaceAll('-', '') === day,
    );
  const from = (Number(query.get('CurrentPage')) - 1) * size;
  return {
    ...{ Code: 'OK', Message: 'OK', RequestId: 'SIM', TotalCount: found.length },
    SmsSendDetailDTOs: {
      SmsSendDetailDTO: found.slice(from, from + size).map((one) => ({
        ...{ PhoneNum: one.receiver, SendStatus: STATUS[one.state], OutId: one.outId },
        ...{ SendDate: beijing(one.at), Content: one.body },
      })),
    },
  };
}

/** "2026-11-24 10:00:00" */
export function beijing(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
