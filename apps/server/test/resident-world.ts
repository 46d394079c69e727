import type { MeView } from '@wuye-pay/contract';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { unitOfReference } from '../src/modules/bank/index.ts';
import { companyByShortCode } from '../src/modules/identity/index.ts';
import { enqueueMessages } from '../src/modules/messaging/index.ts';
import {
  addResidentRoutes,
  authenticateResident,
  type ResidentDoors,
} from '../src/modules/resident/index.ts';
import type { StaffActor } from '../src/platform/actor.ts';
import { sql } from '../src/platform/database/index.ts';
import { createApp } from '../src/platform/http/index.ts';
import { newId } from '../src/platform/id.ts';
import { fakeChannel } from './fake-channel.ts';
import type { TestSystem } from './harness.ts';

export interface Sent {
  readonly to: string;
  readonly code: string;
}

export interface ResidentWorld {
  readonly app: FastifyInstance;
  /** Codes in the order in which they were sent, as whoever has the phone sees them. */
  readonly sent: Sent[];
  /** Says next to whoever asks a wallet for its user's phone. */
  readonly walletPhones: Map<string, string>;
  readonly staff: { actor: StaffActor | undefined };
  /** A device: keeps cookies unless it is a mini-program, which carries a token. */
  device(options?: { ip?: string; company?: string }): Device;
  /** A device whose user signed in with this phone. */
  signedInByPhone(phone: string, options?: { ip?: string }): Promise<Device>;
  /** Gives a unit its number for printed notices. */
  givenAccountNumber(unitId: string): Promise<string>;
  close(): Promise<void>;
}

export interface Device {
  readonly cookies: Map<string, string>;
  token: string | undefined;
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object): Promise<Answer>;
  /** Asks for a code and types it. */
  signInByPhone(phone: string, surface?: 'h5' | 'wechat'): Promise<Answer>;
  signInByWallet(user: string, channel?: string): Promise<Answer>;
  me(): Promise<MeView>;
}

export type Answer = LightMyRequestResponse;

const facts = [
  factsOf('wechat-pay', '微信', 'wechat'),
  factsOf('alipay', '支付宝', 'alipay'),
  { ...factsOf('union-pay', '银行卡', 'union-pay'), canLogIn: false },
];

function factsOf(name: string, zh: string, wallet: string) {
  return { name, label: { zh, en: name }, wallet, canLogIn: true };
}

let numbers = 0;

/** The resident's routes over wallets and phones in memory; `code-<name>` is <name>'s, once. */
export async function residentWorld(system: TestSystem): Promise<ResidentWorld> {
  const sent: Sent[] = [];
  const walletPhones = new Map<string, string>();
  const staff: { actor: StaffActor | undefined } = { actor: undefined };
  const app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => staff.actor,
    authenticateResident: (request) => authenticateResident(system.deps, request),
  });
  addResidentRoutes(app, system.deps, doorsOf(system, sent, walletPhones));
  const device: ResidentWorld['device'] = (options = {}) => {
    addresses += 1;
    const ip = options.ip ?? `10.${Math.floor(addresses / 250)}.${addresses % 250}.7`;
    return deviceOf(app, { ip, company: options.company ?? system.shortCode, sent });
  };
  return {
    app,
    sent,
    walletPhones,
    staff,
    device,
    async signedInByPhone(phone, options) {
      const made = device(options);
      const answer = await made.signInByPhone(phone);
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return made;
    },
    async givenAccountNumber(unitId) {
      const at = system.clock.now();
      numbers += 1;
      const reference = referenceOf(numbers);
      await system.deps.db.transaction(system.companyId, (tx) =>
        tx.run(sql`
          insert into bank.reference (company_id, id, unit_id, reference, created_at)
          values (${tx.companyId}, ${newId(at)}, ${unitId}, ${reference}, ${at})`),
      );
      return reference;
    },
    close: () => app.close(),
  };
}

let addresses = 0;

function doorsOf(
  system: TestSystem,
  sent: Sent[],
  walletPhones: Map<string, string>,
): ResidentDoors {
  const spent = new Set<string>();
  const { account } = fakeChannel(system, system.companyId);
  const accountOf = (channel: string, number: number) => ({
    ...account,
    channel,
    number,
    appId: `app-${channel}`,
    subAppId: null,
  });
  const openIdOf = async (code: string) => {
    if (!code.startsWith('code-')) return { failed: 'unknown' } as const;
    if (spent.has(code)) return { failed: 'used-code' } as const;
    spent.add(code);
    return { openId: `o-${code.slice(5).split('#')[0]}` };
  };
  return {
    companyByShortCode,
    channels: () => facts,
    accountOfApp: async (_tx, { channel, appId }) =>
      appId === undefined || appId === `app-${channel}`
        ? accountOf(channel, facts.findIndex(({ name }) => name === channel) + 1)
        : undefined,
    merchantAccountByNumber: async (_tx, number) =>
      accountOf(facts[number - 1]?.name ?? '', number),
    authorizeUrl: (_deps, { appId }, { redirectUrl, state }) =>
      `https://wallet.test/?appid=${appId}&redirect=${encodeURIComponent(redirectUrl)}&state=${state}`,
    readLoginReturn: (_channel, query) => ({
      code: query.get('code') ?? '',
      state: query.get('state') ?? '',
    }),
    openIdOf: (_deps, _account, { code }) => openIdOf(code),
    openIdOfMiniProgram: (_deps, _account, code) => openIdOf(code),
    phoneOfWallet: async (_deps, _companyId, { code = '' }) => {
      const phone = walletPhones.get(code);
      return phone === undefined ? { failed: 'unknown' } : { phone };
    },
    sendNow: async (_deps, _companyId, { content }) => {
      const to = content?.routes[0]?.to;
      const address = to?.kind === 'phone' ? to.phone : to?.kind === 'email' ? to.address : '';
      if (address === '13800000000') return { state: 'failed', code: 'no-account' };
      sent.push({ to: address, code: content?.variables.code ?? '' });
      return { state: 'accepted', via: 'sms' };
    },
    enqueueMessages,
    unitOfAccountNumber: unitOfReference,
  };
}

function deviceOf(
  app: FastifyInstance,
  { ip, company, sent }: { ip: string; company: string; sent: Sent[] },
): Device {
  const cookies = new Map<string, string>();
  let logins = 0;
  const device: Device = {
    cookies,
    token: undefined,
    async send(method, url, body) {
      const bearer = device.token && { authorization: `Bearer ${device.token}` };
      const request: InjectOptions = {
        method,
        url,
        remoteAddress: ip,
        cookies: Object.fromEntries(cookies),
        headers: { 'x-company': company, ...bearer },
        ...(body && { payload: body }),
      };
      const answer = await app.inject(request);
      for (const { name, value, maxAge } of answer.cookies) {
        if (value === '' || maxAge === 0) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
    async signInByPhone(phone, surface = 'h5') {
      const asked = await device.send('POST', '/api/resident/codes', { company, phone });
      if (asked.statusCode !== 200) return asked;
      const { codeId } = asked.json();
      const code = sent.findLast(({ to }) => to === phone)?.code ?? '';
      const typed = { company, surface, codeId, code };
      const answer = await device.send('POST', '/api/resident/session/phone', typed);
      if (surface !== 'h5') device.token = answer.json().token;
      return answer;
    },
    async signInByWallet(user, channel = 'wechat-pay') {
      logins += 1;
      const loginCode = `code-${user}#${ip}-${logins}`;
      const body = { company, channel, loginCode };
      const answer = await device.send('POST', '/api/resident/session/wallet', body);
      device.token = answer.json().token;
      return answer;
    },
    async me() {
      return (await device.send('GET', '/api/resident/me')).json();
    },
  };
  return device;
}

/** The n-th number that reads as one: two letters, and the check character of its kind. */
function referenceOf(index: number): string {
  const alphabet = '0123456789ACEFHJKMNPRTVWXY';
  const body = `K${String(index).padStart(3, '0')}A777`;
  let product = 26;
  for (const character of body) {
    const sum = (product + alphabet.indexOf(character)) % 26 || 26;
    product = (sum * 2) % 27;
  }
  return body + (alphabet[(27 - product) % 26] ?? '');
}
