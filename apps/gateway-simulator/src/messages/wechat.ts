import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { queryOf, rawBody } from '../inbound.ts';
import { deliver } from './deliver.ts';
import { type MessageFaults, playReply, type WireReply } from './faults.ts';
import { type Customer, customerOf, type MessageDeps } from './records.ts';

type Deps = MessageDeps & { messageFaults: MessageFaults };
type Fields = Record<string, unknown>;

const TOKEN_S = 7200;

/** Tokens, subscription and template messages, and the phone of the button. */
export function registerWechatMessages(app: FastifyInstance, deps: Deps): void {
  app.post('/cgi-bin/stable_token', (request, reply) => reply.send(giveToken(deps, request)));
  app.post('/cgi-bin/message/subscribe/send', (request, reply) =>
    send(deps, request, reply, subscription),
  );
  app.post('/cgi-bin/message/template/send', (request, reply) =>
    send(deps, request, reply, templateMessage),
  );
  app.post('/wxa/business/getuserphonenumber', (request, reply) => {
    if (typeof appWith(deps, request) === 'string') return reply.send(code(40001));
    const key = String(fieldsOf(request).code);
    const phone = deps.records.phoneCodes.get(key);
    if (phone === undefined) return reply.send(code(40029));
    deps.records.phoneCodes.remove(key);
    const info = { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86' };
    return reply.send({ errcode: 0, errmsg: 'ok', phone_info: info });
  });
}

function fieldsOf(request: FastifyRequest): Fields {
  return JSON.parse(rawBody(request).toString('utf8')) as Fields;
}

function code(errcode: number) {
  return { errcode, errmsg: errcode === 0 ? 'ok' : `simulated ${errcode}` };
}

/** The token that is good now, unless a new one is asked for or it ends soon. */
function giveToken({ records, clock }: Deps, request: FastifyRequest) {
  const { appid, secret, force_refresh: isForced } = fieldsOf(request);
  const customer = customerOf(records, 'wechat', String(appid));
  if (!customer) return code(40013);
  if (customer.keys.appSecret !== secret) return code(40125);
  const now = clock.now();
  const known = isForced === true ? undefined : records.answered.get(`token/${customer.id}`);
  const good = known === undefined ? undefined : records.tokens.get(known);
  if (known !== undefined && good && good.expiresAt > now + 300_000) {
    return { access_token: known, expires_in: Math.floor((good.expiresAt - now) / 1000) };
  }
  const value = randomBytes(48).toString('base64url');
  records.tokens.set(value, { appId: customer.id, expiresAt: now + TOKEN_S * 1000 });
  records.answered.set(`token/${customer.id}`, value);
  return { access_token: value, expires_in: TOKEN_S };
}

function appWith({ records, clock }: Deps, request: FastifyRequest): Customer | string {
  const token = records.tokens.get(queryOf(request).get('access_token') ?? '');
  if (!token) return '40001';
  if (token.expiresAt < clock.now()) return '42001';
  return customerOf(records, 'wechat', token.appId) ?? '40001';
}

type Send = (
  deps: Deps,
  customer: Customer,
  fields: Fields,
  fault: Parameters<typeof deliver>[2],
) => WireReply;

async function send(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  how: Send,
): Promise<FastifyReply> {
  const customer = appWith(deps, request);
  if (typeof customer === 'string') return reply.send(code(Number(customer)));
  const fields = fieldsOf(request);
  const struck = deps.messageFaults.take('wechat', String(fields.touser));
  if (struck?.fault === 'token-expired') {
    deps.records.tokens.remove(queryOf(request).get('access_token') ?? '');
    deps.records.answered.remove(`token/${customer.id}`);
    return reply.send(code(42001));
  }
  return await playReply(reply, struck?.fault, () => {
    if (struck?.fault === 'throttled') return answer(45011);
    if (struck?.fault === 'refuse') return answer(Number(struck.code ?? 43101));
    return how(deps, customer, fields, struck?.fault);
  });
}

function answer(errcode: number, more: object = {}): WireReply {
  return { status: 200, body: JSON.stringify({ ...code(errcode), ...more }) };
}

const LONGEST: Record<string, number> = {
  thing: 20,
  character_string: 32,
  phrase: 5,
  name: 10,
  phone_number: 17,
};

/** A card; null when a value does not fit its key. */
function cardOf(template: string, data: unknown): [string, string][] | null {
  const given = (data ?? {}) as Record<string, { value?: unknown }>;
  const keys = JSON.parse(template) as Record<string, string>;
  const lines: [string, string][] = [];
  for (const [key, label] of Object.entries(keys)) {
    const value = given[key]?.value;
    if (typeof value !== 'string' || value === '') return null;
    const kind = key.replace(/\d+$/, '');
    if (value.length > (LONGEST[kind] ?? 64)) return null;
    if (kind === 'amount' && !/^[¥$]?\d{1,10}(\.\d+)?元?$/.test(value)) return null;
    if (/^(date|time)$/.test(kind) && !/^\d{4}年\d{1,2}月\d{1,2}日|^\d{1,2}:\d{2}/.test(value)) {
      return null;
    }
    lines.push([label, value]);
  }
  return Object.keys(given).every((key) => key in keys) ? lines : null;
}

function subscription(...[deps, customer, fields, fault]: Parameters<Send>): WireReply {
  const template = customer.templates[String(fields.template_id)];
  if (template === undefined) return answer(40037);
  const touser = String(fields.touser);
  if (touser.length < 6) return answer(40003);
  const lines = cardOf(template, fields.data);
  if (lines === null) return answer(47003);
  const key = `${customer.id}/${touser}`;
  const left = deps.records.consents.get(key);
  if (left === 0) return answer(43101);
  if (left !== undefined) deps.records.consents.set(key, left - 1);
  const link = typeof fields.page === 'string' ? fields.page : null;
  show(deps, { customer, touser, lines, link, outId: '', title: '订阅消息' }, fault);
  return answer(0);
}

function templateMessage(...[deps, customer, fields, fault]: Parameters<Send>): WireReply {
  const template = customer.templates[String(fields.template_id)];
  if (template === undefined) return answer(40037);
  const outId = typeof fields.client_msg_id === 'string' ? fields.client_msg_id : '';
  const known = outId === '' ? undefined : deps.records.answered.get(`wechat/${outId}`);
  if (known !== undefined) return { status: 200, body: known };
  const lines = cardOf(template, fields.data);
  if (lines === null) return answer(47003);
  const link = typeof fields.url === 'string' ? fields.url : null;
  const touser = String(fields.touser);
  const shown = show(deps, { customer, touser, lines, link, outId, title: '服务通知' }, fault);
  const done = answer(0, { msgid: Number(shown.providerNo.slice(-12)) });
  if (outId !== '') deps.records.answered.set(`wechat/${outId}`, done.body);
  return done;
}

function show(
  deps: Deps,
  card: {
    customer: Customer;
    touser: string;
    lines: [string, string][];
    link: string | null;
    outId: string;
    title: string;
  },
  fault: Parameters<typeof deliver>[2],
) {
  const { customer, touser: receiver, lines, link, outId } = card;
  const title = `${customer.name} · ${card.title}`;
  const body = lines.map((line) => line.join('：')).join('\n');
  const shared = { provider: 'wechat', customer: customer.id, receiver } as const;
  return deliver(deps, { ...shared, title, body, lines, link, outId }, fault);
}
