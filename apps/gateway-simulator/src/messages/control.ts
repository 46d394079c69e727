import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  ControlRefused,
  type Fields,
  number,
  oneOf,
  optionalNumber,
  optionalText,
  readFields,
  text,
} from '../control-input.ts';
import { queryOf } from '../inbound.ts';
import { type MessageFault, type MessageFaults, messageFaults } from './faults.ts';
import { type MessageDeps, providerNames } from './records.ts';

type Deps = MessageDeps & { messageFaults: MessageFaults; mailPort: () => number };

const BASE = '/control/messages';
const LIST_MOST = 5_000;
const faultNames = Object.keys(messageFaults) as MessageFault[];

/** What tests and the demo set-up call about messages. */
export function registerMessageControl(app: FastifyInstance, deps: Deps): void {
  app.post(`${BASE}/customers`, (request) => registerCustomer(deps, request));
  app.get(BASE, (request) => listMessages(deps, queryOf(request)));
  app.get(`${BASE}/mail`, () => ({ port: deps.mailPort() }));
  app.post(`${BASE}/consents`, (request) => {
    const fields = readFields(request, ['appId', 'openId', 'count']);
    const count = number(fields, 'count', { least: 0, most: 1_000_000 });
    deps.records.consents.set(`${text(fields, 'appId')}/${text(fields, 'openId')}`, count);
    return { count };
  });
  app.post(`${BASE}/phone-codes`, (request) => {
    const phone = text(readFields(request, ['phone']), 'phone');
    const code = randomBytes(16).toString('hex');
    deps.records.phoneCodes.set(code, phone);
    return { code };
  });
  app.get(`${BASE}/faults`, () => deps.messageFaults.list());
  app.delete(`${BASE}/faults`, () => {
    deps.messageFaults.clear();
    return deps.messageFaults.list();
  });
  app.post(`${BASE}/faults`, (request) => arm(deps, request));
}

function registerCustomer({ records }: Deps, request: FastifyRequest) {
  const fields = readFields(request, [
    ...['provider', 'id', 'keys', 'name', 'templates', 'balance', 'receiptUrl'],
  ]);
  const provider = oneOf(fields, 'provider', providerNames);
  const id = text(fields, 'id');
  const known = records.customers.get(`${provider}/${id}`);
  const customer = {
    ...{ provider, id, name: optionalText(fields, 'name') ?? known?.name ?? id },
    keys: { ...known?.keys, ...textsOf(fields, 'keys') },
    templates: { ...known?.templates, ...textsOf(fields, 'templates') },
    balance:
      fields.balance === null
        ? null
        : (optionalNumber(fields, 'balance', { least: 0, most: 1e9 }) ?? known?.balance ?? null),
    receiptUrl: optionalText(fields, 'receiptUrl') ?? known?.receiptUrl ?? null,
  };
  records.customers.set(`${provider}/${id}`, customer);
  return { provider, id };
}

function textsOf(fields: Fields, name: string): Record<string, string> {
  const value = fields[name] ?? {};
  const isTexts =
    typeof value === 'object' && Object.values(value).every((each) => typeof each === 'string');
  if (!isTexts) throw new ControlRefused(`${name} 须是文本的对象`, name);
  return value as Record<string, string>;
}

function listMessages({ records }: Deps, query: URLSearchParams) {
  const wanted = (name: string, value: string) => {
    const given = query.get(name);
    return given === null || given === value;
  };
  const messages = records.shown
    .values()
    .filter(
      (one) =>
        wanted('provider', one.provider) &&
        wanted('receiver', one.receiver) &&
        wanted('outId', one.outId),
    );
  return { count: messages.length, messages: messages.slice(-LIST_MOST) };
}

function arm({ messageFaults: faults }: Deps, request: FastifyRequest) {
  const fields = readFields(request, [
    ...['provider', 'fault', 'times', 'code', 'receiver', 'seed', 'ratePercent', 'kinds'],
  ]);
  if (fields.seed !== undefined) {
    const kinds = Array.isArray(fields.kinds) ? fields.kinds : faultNames;
    faults.armBySeed({
      seed: number(fields, 'seed', { least: 0, most: 0xffffffff }),
      ratePercent: number(fields, 'ratePercent', { least: 0, most: 100, isWhole: false }),
      kinds: kinds.map((kind: unknown) => oneOf({ kinds: kind }, 'kinds', faultNames)),
    });
  } else {
    faults.arm({
      provider: fields.provider === undefined ? null : oneOf(fields, 'provider', providerNames),
      fault: oneOf(fields, 'fault', faultNames),
      times: number(fields, 'times', { least: 1, most: 1_000_000, fallback: 1 }),
      code: optionalText(fields, 'code') ?? null,
      receiver: optionalText(fields, 'receiver') ?? null,
    });
  }
  return faults.list();
}
