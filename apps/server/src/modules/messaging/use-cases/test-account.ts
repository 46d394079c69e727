import type { Actor } from '../../../platform/actor.ts';
import { newId } from '../../../platform/id.ts';
import { loadBook } from '../book.ts';
import { templateOf } from '../domain/templates/index.ts';
import type { Words } from '../domain/variable.ts';
import { messagingErrors } from '../errors.ts';
import type { MessageContent, MessageTo } from '../message.ts';
import type { MessagingDeps } from '../open-account.ts';
import { accountById } from '../queries/accounts.ts';
import { adviceFor } from '../reason-words.ts';
import { providerOf } from '../registry.ts';
import { call } from './send-attempts.ts';

interface TestInput {
  readonly actor: Actor;
  readonly id: string;
  readonly to: string;
  readonly templateKey: string;
}

interface TestOutcome {
  readonly ok: boolean;
  readonly code: string;
  readonly message: Words;
}

const lifeMs = 10 * 60_000;

/** Really sends the template with its samples. @throws MESSAGE_ACCOUNT_NOT_FOUND, …TEMPLATE_… */
export async function testAccount(deps: MessagingDeps, input: TestInput): Promise<TestOutcome> {
  const { companyId } = input.actor;
  const template = templateOf(input.templateKey);
  if (!template) throw messagingErrors.MESSAGE_TEMPLATE_NOT_FOUND();
  const now = deps.clock.now();
  const loaded = await deps.db.read(companyId, async (tx) => ({
    row: await accountById(tx, input.id),
    book: await loadBook(tx),
  }));
  const { row, book } = loaded;
  if (!row) throw messagingErrors.MESSAGE_ACCOUNT_NOT_FOUND();
  const { via } = providerOf(row.provider).description;
  const content: MessageContent = {
    routes: [{ via, to: addressOf(row.provider, row.appId, input.to) }],
    variables: Object.fromEntries(template.variables.map(({ name, sample }) => [name, sample.zh])),
    ...(template.hasLink && { link: `${deps.publicUrl}/s/test00` }),
    language: 'zh',
  };
  const route = content.routes[0];
  const reached = route ? book.candidates(template.key, 'zh', route) : [];
  if (!reached.some(({ accountId }) => accountId === row.id)) {
    return { ok: false, code: 'no-account', message: noTemplate };
  }
  const written = book.write({ templateKey: template.key, content, routeNo: 0, accountId: row.id });
  const requestKey = newId(now).replaceAll('-', '');
  const expiresAt = new Date(now.getTime() + lifeMs);
  const sending = { messageId: '', attemptId: '', accountId: row.id, requestKey, expiresAt };
  const outcome = await call(
    deps,
    companyId,
    { ...sending, outgoing: written.outgoing, startedAt: now },
    'send',
  );
  if (outcome.kind === 'accepted') return { ok: true, code: 'OK', message: accepted };
  if (outcome.kind === 'absent') throw new Error('a send is never absent');
  return { ok: false, code: outcome.code, message: adviceFor(row.provider, outcome.code) };
}

const accepted: Words = {
  zh: '服务商已接受，请看对方是否收到',
  en: 'The provider took it; see whether it arrives',
};

const noTemplate: Words = {
  zh: '这个通道已停用，或还没有填写这个模板的编号：请到“消息模板”填写',
  en: 'The account is disabled, or has no number for this template: enter it at the templates',
};

function addressOf(provider: string, appId: string, to: string): MessageTo {
  switch (providerOf(provider).description.via) {
    case 'sms':
      return { kind: 'phone', phone: to };
    case 'email':
      return { kind: 'email', address: to };
    case 'push':
      return { kind: 'device', provider: provider as 'jpush' | 'getui', token: to };
    case 'wechat-subscription':
      return { kind: 'wallet', scope: `wechat-pay/${appId}`, openId: to };
    case 'alipay-message':
      return { kind: 'wallet', scope: `alipay/${appId}`, openId: to };
  }
}
