import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rawBody } from '../inbound.ts';
import { deliver } from './deliver.ts';
import { type MessageFaults, playReply, type WireReply } from './faults.ts';
import { type Customer, customerOf, type MessageDeps } from './records.ts';

type Deps = MessageDeps & { messageFaults: MessageFaults };

const TOKEN_MS = 24 * 3_600_000;
const TEN_MINUTES_MS = 600_000;

/** JPush v3 and Getui v2: pushes to one device. */
export function registerPush(app: FastifyInstance, deps: Deps): void {
  app.post('/v3/push', (request, reply) => jpush(deps, request, reply));
  app.post<{ Params: { appId: string } }>('/v2/:appId/auth', (request, reply) =>
    reply.send(getuiToken(deps, request.params.appId, read(request))),
  );
  app.post<{ Params: { appId: string } }>('/v2/:appId/push/single/cid', (request, reply) =>
    getui(deps, request, reply, request.params.appId),
  );
}

/** What of the two protocols is read; anything may be missing. */
type Body = {
  audience?: { registration_id?: string[]; cid?: string[] };
  cid?: string;
  notification?: { android?: { title?: string; alert?: string; extras?: { link?: string } } };
  request_id?: string;
  push_message?: { notification?: { title?: string; body?: string; url?: string } };
  sign?: string;
  timestamp?: string;
};

type Push = { title?: string | undefined; body?: string | undefined; link?: string | undefined };

function read(request: FastifyRequest): Body {
  return JSON.parse(rawBody(request).toString('utf8')) as Body;
}

async function jpush(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [appKey = '', secret] = Buffer.from(basic, 'base64').toString().split(':');
  const customer = customerOf(deps.records, 'jpush', appKey);
  if (!customer || customer.keys.masterSecret !== secret) {
    return reply.code(401).send(JSON.parse(jpushError(1004).body));
  }
  const body = read(request);
  const device = body.audience?.registration_id?.[0] ?? '';
  const struck = deps.messageFaults.take('jpush', device);
  return await playReply(reply, struck?.fault, () => {
    if (struck?.fault === 'throttled') return { ...jpushError(2002), status: 429 };
    if (struck?.fault === 'refuse') return jpushError(Number(struck.code ?? 1011));
    if (device === '' || device.startsWith('gone')) return jpushError(1011);
    const cid = body.cid ?? '';
    const known = cid === '' ? undefined : deps.records.answered.get(`jpush/${cid}`);
    if (known !== undefined) return { status: 200, body: known };
    const android = body.notification?.android;
    const outId = cid.slice(-36).replaceAll('-', '');
    const push = { title: android?.title, body: android?.alert, link: android?.extras?.link };
    const shown = show(deps, { customer, device, outId, push }, struck?.fault);
    const text = JSON.stringify({ sendno: '0', msg_id: shown.providerNo });
    if (cid !== '') deps.records.answered.set(`jpush/${cid}`, text);
    return { status: 200, body: text };
  });
}

function jpushError(code: number): WireReply {
  const error = { code, message: `simulated ${code}` };
  return { status: 400, body: JSON.stringify({ error }) };
}

function getuiToken({ records, clock }: Deps, appId: string, body: Body) {
  const customer = customerOf(records, 'getui', appId);
  const skew = Math.abs(Number(body.timestamp) - clock.now());
  const wanted = createHash('sha256')
    .update(`${customer?.keys.appKey}${body.timestamp}${customer?.keys.masterSecret}`)
    .digest('hex');
  if (!customer || body.sign !== wanted || !(skew < TEN_MINUTES_MS)) {
    return { code: 10001, msg: 'sign invalid' };
  }
  const token = randomBytes(32).toString('hex');
  const expiresAt = clock.now() + TOKEN_MS;
  records.tokens.set(token, { appId, expiresAt });
  return { code: 0, msg: 'success', data: { token, expire_time: String(expiresAt) } };
}

async function getui(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  appId: string,
): Promise<FastifyReply> {
  const token = String(request.headers.token ?? '');
  const known = deps.records.tokens.get(token);
  const customer = customerOf(deps.records, 'getui', appId);
  const body = read(request);
  const device = body.audience?.cid?.[0] ?? '';
  const struck = deps.messageFaults.take('getui', device);
  if (struck?.fault === 'token-expired') deps.records.tokens.remove(token);
  const isGood = known?.appId === appId && known.expiresAt > deps.clock.now();
  if (!customer || !isGood || struck?.fault === 'token-expired') {
    return reply.send({ code: 10001, msg: 'token invalid' });
  }
  return await playReply(reply, struck?.fault, () => {
    if (struck?.fault === 'refuse') return getuiCode(Number(struck.code ?? 20001));
    if (struck?.fault === 'throttled') return { ...getuiCode(10002), status: 429 };
    const requestId = body.request_id ?? '';
    if (requestId.length < 10 || requestId.length > 32) return getuiCode(20002);
    if (device === '' || device.startsWith('gone')) return getuiCode(20001);
    const before = deps.records.answered.get(`getui/${requestId}`);
    if (before !== undefined) return { status: 200, body: before };
    const shownBody = body.push_message?.notification;
    const push = { title: shownBody?.title, body: shownBody?.body, link: shownBody?.url };
    const shown = show(deps, { customer, device, outId: requestId, push }, struck?.fault);
    const data = { [shown.providerNo]: { [device]: 'successed_online' } };
    const answer = JSON.stringify({ code: 0, msg: 'success', data });
    deps.records.answered.set(`getui/${requestId}`, answer);
    return { status: 200, body: answer };
  });
}

function getuiCode(code: number): WireReply {
  return { status: 200, body: JSON.stringify({ code, msg: `simulated ${code}` }) };
}

function show(
  deps: Deps,
  message: { customer: Customer; device: string; outId: string; push: Push },
  fault: Parameters<typeof deliver>[2],
) {
  const { customer, device: receiver, outId, push } = message;
  const { provider, id } = customer;
  const { title = '', body = '', link = null } = push;
  const shared = { provider, customer: id, receiver, outId, lines: [], link };
  return deliver(deps, { ...shared, title, body }, fault);
}
