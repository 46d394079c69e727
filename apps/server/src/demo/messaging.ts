import { generateKeyPairSync } from 'node:crypto';
import { changeAccount, messageAccounts } from '../modules/messaging/index.ts';
import { systemActor } from '../platform/actor.ts';
import type { Deps } from '../platform/deps.ts';
import type { DemoClient } from './client.ts';
import { alipayAppId, type SimulatorPlace, wechatAppId } from './simulated-accounts.ts';

type Texts = Readonly<Record<string, string>>;

interface Template {
  readonly key: string;
  readonly variables: readonly { readonly name: string; readonly label: { readonly zh: string } }[];
  readonly hasLink: boolean;
  readonly texts: readonly { readonly language: string; readonly body: string }[];
}

interface SimulatedProvider {
  readonly account: {
    readonly provider: string;
    readonly name: string;
    readonly appId?: string;
    readonly unitPriceYuan?: string;
    readonly priority?: number;
  };
  /** What a request names at the simulator, and under which name of theirs. */
  readonly customer: { readonly provider: string; readonly id: string; readonly keys: Texts };
  readonly credentials: Texts;
  /** How an approved template reads there, and which place takes which variable. */
  readonly approve?: (template: Template, place: SimulatorPlace) => Approved;
}

interface Approved {
  readonly text: string;
  readonly places: readonly { readonly place: string; readonly variable: string }[];
}

const signName = '阳光物业';

const providers: readonly SimulatedProvider[] = [
  {
    account: { provider: 'aliyun-sms', name: '阿里云短信（模拟）', unitPriceYuan: '0.045' },
    customer: {
      ...{ provider: 'aliyun-sms', id: 'LTAIdemo00008888' },
      keys: { accessKeySecret: 'demo-aliyun-secret', signName },
    },
    credentials: {
      ...{ accessKeyId: 'LTAIdemo00008888', accessKeySecret: 'demo-aliyun-secret', signName },
    },
    approve: ({ texts, variables, hasLink }, { publicUrl }) => ({
      text: bodyOf(texts).replace(/\{(\w+)\}/g, (_open, name: string) =>
        name === 'link' ? `${publicUrl}/s/\${linkCode}` : `\${${name}}`,
      ),
      places: namesOf(variables, hasLink).map((name) => ({ place: name, variable: name })),
    }),
  },
  {
    account: {
      ...{ provider: 'tencent-sms', name: '腾讯云短信（模拟）', unitPriceYuan: '0.05' },
      priority: 20,
    },
    customer: {
      ...{ provider: 'tencent-sms', id: 'AKIDdemo00008888' },
      keys: { secretKey: 'demo-tencent-secret', signName, sdkAppId: '1400008888' },
    },
    credentials: {
      ...{ secretId: 'AKIDdemo00008888', secretKey: 'demo-tencent-secret', signName },
      sdkAppId: '1400008888',
    },
    approve: ({ texts, variables, hasLink }, { publicUrl }) => {
      const names = namesOf(variables, hasLink);
      return {
        text: bodyOf(texts).replace(/\{(\w+)\}/g, (_open, name: string) =>
          name === 'link' ? `${publicUrl}/s/{${names.length}}` : `{${names.indexOf(name) + 1}}`,
        ),
        places: names.map((name, index) => ({ place: String(index + 1), variable: name })),
      };
    },
  },
  {
    account: {
      ...{ provider: 'wechat-mini', name: '微信小程序消息（模拟）', appId: wechatAppId },
    },
    customer: {
      ...{ provider: 'wechat', id: wechatAppId, keys: { appSecret: 'demo-mini-secret' } },
    },
    credentials: { appSecret: 'demo-mini-secret', page: 'pages/bills/index?code={linkCode}' },
    approve: ({ variables }) => cardOf(variables, (index) => `thing${index + 1}`),
  },
  {
    account: { provider: 'jpush', name: '极光推送（模拟）' },
    customer: {
      ...{ provider: 'jpush', id: 'demoJpushKey01', keys: { masterSecret: 'demo-jpush-secret' } },
    },
    credentials: { appKey: 'demoJpushKey01', masterSecret: 'demo-jpush-secret' },
  },
  {
    account: { provider: 'getui', name: '个推（模拟）' },
    customer: {
      ...{ provider: 'getui', id: 'demoGetuiApp' },
      keys: { appKey: 'demoGetuiKey', masterSecret: 'demo-getui-secret' },
    },
    credentials: {
      ...{ appId: 'demoGetuiApp', appKey: 'demoGetuiKey', masterSecret: 'demo-getui-secret' },
    },
  },
  {
    account: { provider: 'smtp', name: '邮件（模拟）' },
    customer: {
      ...{ provider: 'smtp', id: 'notice@demo.example', keys: { password: 'demo-mail-secret' } },
    },
    credentials: {
      ...{ user: 'notice@demo.example', password: 'demo-mail-secret' },
      ...{ from: 'notice@demo.example', fromName: signName },
    },
  },
];

/** Accounts at every simulated provider, with every template approved there. */
export async function ensureMessaging(client: DemoClient, place: SimulatorPlace): Promise<void> {
  const accounts = await client.get<{ items: { id: string; name: string }[] }>(
    '/api/message-accounts',
  );
  const templates = await client.get<{ items: Template[] }>('/api/message-templates');
  for (const simulated of [...providers, await alipayMini(place)]) {
    const { account, credentials, approve } = simulated;
    if (accounts.items.some(({ name }) => name === account.name)) continue;
    const saved = await client.post<{ id: string; receiptUrl: string | null }>(
      '/api/message-accounts',
      {
        ...account,
        credentials: { ...credentials, ...(await mailServer(account.provider, place)) },
        endpoints: endpointsOf(account.provider, place),
      },
    );
    const approved = approve ? templates.items.map((each) => [each.key, approve(each, place)]) : [];
    const known = approved as [string, Approved][];
    await register(place, simulated, known, saved.receiptUrl);
    for (const [key, { places }] of known) {
      await client.put(`/api/message-templates/${key}/accounts/${saved.id}/zh`, {
        ...{ providerTemplateId: numberOf(key), places },
      });
    }
  }
}

/** The simulator listens on another port each time. */
export async function pointMessagesAtSimulator(
  deps: Deps,
  companyId: string,
  place: SimulatorPlace,
): Promise<void> {
  const actor = systemActor(companyId, 'demo');
  for (const { id, provider, name } of await messageAccounts(deps, companyId)) {
    if (!name.endsWith('（模拟）')) continue;
    const change = {
      endpoints: endpointsOf(provider, place),
      credentials: await mailServer(provider, place),
    };
    await changeAccount(deps, { actor, id, change });
  }
}

function endpointsOf(provider: string, { simulatorUrl }: SimulatorPlace): Record<string, string> {
  if (provider === 'smtp') return {};
  if (provider === 'alipay-mini') return { gateway: `${simulatorUrl}/gateway.do` };
  return { api: simulatorUrl };
}

async function mailServer(
  provider: string,
  { simulatorUrl }: SimulatorPlace,
): Promise<Record<string, string>> {
  if (provider !== 'smtp') return {};
  const answer = await fetch(`${simulatorUrl}/control/messages/mail`);
  const { port } = (await answer.json()) as { port: number };
  return { server: `smtp://127.0.0.1:${port}` };
}

/** The app of Alipay that takes payments sends messages too, with a key of its own. */
async function alipayMini({ simulatorUrl, publicUrl }: SimulatorPlace): Promise<SimulatedProvider> {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const appId = alipayAppId;
  const { alipayPublicKeyPem = '' } = await tell(simulatorUrl, 'alipay/merchants', {
    ...{ appId, sellerId: '2088000000008888', name: '阳光物业（演示）', mode: 'key' },
    appPublicKeyPem: keys.publicKey,
    redirectHosts: [new URL(publicUrl).host],
  });
  return {
    account: { provider: 'alipay-mini', name: '支付宝小程序消息（模拟）', appId },
    customer: { provider: 'alipay', id: appId, keys: {} },
    credentials: { privateKeyPem: keys.privateKey, alipayPublicKeyPem },
    approve: ({ variables }) => cardOf(variables, (index) => `keyword${index + 1}`),
  };
}

async function register(
  { simulatorUrl }: SimulatorPlace,
  { customer }: SimulatedProvider,
  approved: readonly (readonly [string, Approved])[],
  receiptUrl: string | null,
): Promise<void> {
  const templates = Object.fromEntries(approved.map(([key, { text }]) => [numberOf(key), text]));
  await tell(simulatorUrl, 'messages/customers', {
    ...{ ...customer, name: signName, templates },
    ...(receiptUrl !== null && { receiptUrl }),
  });
}

async function tell(simulatorUrl: string, path: string, body: object): Promise<Texts> {
  const response = await fetch(`${simulatorUrl}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the simulator refused ${path}: ${await response.text()}`);
  return (await response.json()) as Texts;
}

/** Under which number the simulated providers approved a template. */
function numberOf(key: string): string {
  return `SIM_${key.replaceAll(/[.-]/g, '_').toUpperCase()}`;
}

function bodyOf(texts: Template['texts']): string {
  return texts.find(({ language }) => language === 'zh')?.body ?? '';
}

function namesOf(variables: Template['variables'], hasLink: boolean): string[] {
  return [...variables.map(({ name }) => name), ...(hasLink ? ['linkCode'] : [])];
}

/** A card with a line for each variable. */
function cardOf(variables: Template['variables'], keyOf: (index: number) => string): Approved {
  const keys = variables.map(({ label }, index) => [keyOf(index), label.zh]);
  return {
    text: JSON.stringify(Object.fromEntries(keys)),
    places: variables.map(({ name }, index) => ({ place: keyOf(index), variable: name })),
  };
}
