import { type Simulator, startSimulator } from '../../apps/gateway-simulator/src/simulator.ts';
import {
  createAccount,
  editAtAccount,
  enqueueMessages,
  type MessageContent,
  messagingTasks,
  type NewAccountInput,
  type NewMessage,
  type Releaser,
  type Route,
} from '../../apps/server/src/modules/messaging/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { derivedId } from '../../apps/server/src/platform/id.ts';
import type { TestSystem } from '../../apps/server/test/harness.ts';
import { controlOf } from './simulator-scene.ts';

export interface ShownMessage {
  readonly provider: string;
  readonly receiver: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly outId: string;
  readonly state: string;
}

/** What residents of the tests have: `anna` a phone, a wallet, two devices and a mail address. */
export const ways = {
  sms: { via: 'sms', to: { kind: 'phone', phone: '13900000001' } },
  wechat: {
    via: 'wechat-subscription',
    to: { kind: 'wallet', scope: 'wechat-pay/wx000000000000mini', openId: 'o-anna-0001' },
  },
  official: {
    via: 'wechat-subscription',
    to: { kind: 'wallet', scope: 'wechat-pay/wx00000000officia', openId: 'o-anna-official' },
  },
  jpush: { via: 'push', to: { kind: 'device', provider: 'jpush', token: 'jpush-anna' } },
  getui: { via: 'push', to: { kind: 'device', provider: 'getui', token: 'getui-anna' } },
  email: { via: 'email', to: { kind: 'email', address: 'anna@example.com' } },
} as const satisfies Readonly<Record<string, Route>>;

const smsText =
  '${community}${unit}${months}账单${amount}元，${dueOn}前缴纳 https://pay.example.com/s/${linkCode}';
const card = { thing1: '房号', amount2: '金额', date3: '缴费截止' };
const cardPlaces = [
  { place: 'thing1', variable: 'unit' },
  { place: 'amount2', variable: 'amount' },
  { place: 'date3', variable: 'dueOn' },
];

interface Given {
  readonly account: Omit<NewAccountInput, 'name'>;
  readonly customer: { provider: string; id: string; keys: Record<string, string> };
  readonly template?: { id: string; text: string; places?: typeof cardPlaces };
}

const sign = '春江物业';

const providers: Readonly<Record<string, Given>> = {
  aliyun: {
    account: {
      provider: 'aliyun-sms',
      credentials: {
        accessKeyId: 'LTAItest0001',
        accessKeySecret: 'aliyun-secret',
        signName: sign,
      },
      unitPriceYuan: '0.045',
    },
    customer: {
      ...{ provider: 'aliyun-sms', id: 'LTAItest0001' },
      keys: { accessKeySecret: 'aliyun-secret', signName: sign },
    },
    template: { id: 'SMS_0001', text: smsText },
  },
  tencent: {
    account: {
      provider: 'tencent-sms',
      credentials: {
        ...{ secretId: 'AKIDtest0001', secretKey: 'tencent-secret', signName: sign },
        sdkAppId: '1400000000',
      },
      unitPriceYuan: '0.05',
      priority: 20,
    },
    customer: {
      ...{ provider: 'tencent-sms', id: 'AKIDtest0001' },
      keys: { secretKey: 'tencent-secret', signName: sign, sdkAppId: '1400000000' },
    },
    template: {
      id: '2000001',
      text: '{1}{2}{3}账单{4}元，{5}前缴纳 https://pay.example.com/s/{6}',
    },
  },
  mini: {
    account: {
      ...{ provider: 'wechat-mini', appId: 'wx000000000000mini' },
      credentials: { appSecret: 'mini-secret', page: 'pages/open/index?code={linkCode}' },
    },
    customer: {
      ...{ provider: 'wechat', id: 'wx000000000000mini', keys: { appSecret: 'mini-secret' } },
    },
    template: { id: 'tmpl-mini-1', text: JSON.stringify(card), places: cardPlaces },
  },
  official: {
    account: {
      ...{ provider: 'wechat-official', appId: 'wx00000000officia' },
      credentials: { appSecret: 'official-secret' },
    },
    customer: {
      ...{ provider: 'wechat', id: 'wx00000000officia', keys: { appSecret: 'official-secret' } },
    },
    template: { id: 'tmpl-official-1', text: JSON.stringify(card), places: cardPlaces },
  },
  jpush: {
    account: {
      provider: 'jpush',
      credentials: { appKey: 'jpushAppKey01', masterSecret: 'jpush-secret' },
    },
    customer: { provider: 'jpush', id: 'jpushAppKey01', keys: { masterSecret: 'jpush-secret' } },
  },
  getui: {
    account: {
      provider: 'getui',
      credentials: { appId: 'getuiApp01', appKey: 'getuiKey01', masterSecret: 'getui-secret' },
    },
    customer: {
      ...{ provider: 'getui', id: 'getuiApp01' },
      keys: { appKey: 'getuiKey01', masterSecret: 'getui-secret' },
    },
  },
  smtp: {
    account: {
      provider: 'smtp',
      credentials: {
        ...{ user: 'notice@example.com', password: 'mail-secret', from: 'notice@example.com' },
        fromName: '春江物业',
      },
    },
    customer: { provider: 'smtp', id: 'notice@example.com', keys: { password: 'mail-secret' } },
  },
};

export type ProviderInTest = keyof typeof providers;

/** The simulator with the providers named, and accounts that know them. */
export async function givenProviders(system: TestSystem, names: readonly string[]) {
  const simulator = await startSimulator({
    ...{ port: 0, host: '127.0.0.1', startAt: system.clock.now().getTime() },
  });
  const control = controlOf(simulator);
  const accounts = new Map<string, string>();
  for (const name of names) accounts.set(name, await givenAccount(system, simulator, name));
  return {
    simulator,
    control,
    accounts,
    /** What somebody has received. */
    received: async (receiver?: string) => {
      const query = receiver === undefined ? '' : `?receiver=${encodeURIComponent(receiver)}`;
      const found = await control<{ messages: ShownMessage[] }>('GET', `messages${query}`);
      return found.messages;
    },
    /** Both clocks move on. */
    advance: async (ms: number) => {
      system.clock.advance(ms);
      await control('POST', 'clock', { advanceMs: ms });
    },
    fault: (fault: object) => control('POST', 'messages/faults', fault),
  };
}

async function givenAccount(
  system: TestSystem,
  simulator: Simulator,
  name: string,
): Promise<string> {
  const given = providers[name];
  if (!given) throw new Error(`no such provider: ${name}`);
  const control = controlOf(simulator);
  const { account, customer, template } = given;
  const actor = system.staff;
  const mail = await control<{ port: number }>('GET', 'messages/mail');
  const isMail = account.provider === 'smtp';
  const saved = await createAccount(system.deps, {
    actor,
    account: {
      ...account,
      name,
      ...(isMail
        ? { credentials: { ...account.credentials, server: `smtp://127.0.0.1:${mail.port}` } }
        : { endpoints: { api: simulator.url } }),
    },
  });
  const templates = template ? { [template.id]: template.text } : {};
  await control('POST', 'messages/customers', { ...customer, templates, name: '春江物业' });
  if (template) {
    await editAtAccount(system.deps, {
      ...{ actor, key: 'reminder.upcoming', accountId: saved.id, language: 'zh' },
      ...{ providerTemplateId: template.id, places: template.places ?? [] },
    });
  }
  return saved.id;
}

const hourMs = 3_600_000;

/** A reminder, due now. */
export function reminder(
  system: TestSystem,
  name: string,
  wanted: Partial<NewMessage> & { routes?: readonly Route[] } = {},
): NewMessage {
  const now = system.clock.now();
  const { routes = [ways.sms], ...rest } = wanted;
  const content: MessageContent = {
    routes,
    variables: {
      ...{ community: '春江花园', unit: '1栋2单元301', months: '2026年11月' },
      ...{ amount: '740.70', dueOn: '2026年11月30日' },
    },
    link: `https://pay.example.com/s/${name}`,
    language: 'zh',
  };
  return {
    id: derivedId('test.message', name),
    ...{ purpose: 'reminder', subjectId: name, recipientKey: `account-${name}` },
    ...{ templateKey: 'reminder.upcoming', dueAt: now, content },
    expiresAt: new Date(now.getTime() + 72 * hourMs),
    ...rest,
  };
}

export async function enqueue(system: TestSystem, ...messages: NewMessage[]): Promise<number> {
  return await system.deps.db.transaction(system.companyId, (tx) =>
    enqueueMessages(tx, system.deps, messages),
  );
}

/** One round of a worker: what is due is released, what is uncertain is asked for. */
export async function work(system: TestSystem, releasers: readonly Releaser[] = []): Promise<void> {
  const tasks = messagingTasks(system.deps, { releasers });
  for (const name of ['messaging.release-1', 'messaging.resolve', 'messaging.release-2']) {
    await tasks.find((task) => task.name === name)?.run();
  }
}

export interface Standing {
  readonly state: string;
  readonly via: string | null;
  readonly reason: string | null;
  readonly cost: string | null;
}

export async function standingOf(system: TestSystem, name: string): Promise<Standing> {
  return await system.deps.db.read(system.companyId, (tx) =>
    tx.one(sql<Standing>`
      select state, via, reason, cost::text as cost from messaging.pub_message
      where company_id = ${system.companyId} and id = ${derivedId('test.message', name)}`),
  );
}
