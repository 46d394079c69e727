import { createPrivateKey } from 'node:crypto';
import { fillText, linkCodeOf } from '../domain/fill-text.ts';
import { classOf, outcome, outcomeOf, type RefusalClass } from '../outcome.ts';
import type { Outcome, Outgoing, Provider, ProviderContext } from '../provider.ts';
import { textOf } from '../transport.ts';
import { alipayKey, callAlipay, hasCertificates, type Values } from './client.ts';
import { description } from './description.ts';
import { phoneOf } from './phone.ts';

/** Without a query: the platform tells nothing about a message it was given before. */
export const alipayMini: Provider = {
  description,
  reaches: ({ appId }, to) => to.kind === 'wallet' && to.scope === `alipay/${appId}`,
  check: checkKeys,
  send: sendMessage,
  phoneOf: async ({ values }, proof) => phoneOf(values, proof),
};

const method = 'alipay.open.app.mini.templatemessage.send';

/** Words of the interface, as far as they are known; others say no to this one message. */
const classes: Readonly<Record<string, RefusalClass>> = {
  'isv.invalid-signature*': 'account',
  'isv.invalid-app-id': 'account',
  'isv.insufficient-isv-permissions': 'account',
  'isv.missing-signature*': 'account',
  'isv.invalid-timestamp': 'account',
  'isv.app-call-limited': 'later',
  USER_NOT_SUBSCRIBE: 'recipient',
  USER_TEMPLATE_ILLEGAL: 'content',
  'isp.*': 'unknown',
  SYSTEM_ERROR: 'unknown',
};

async function sendMessage(context: ProviderContext, outgoing: Outgoing): Promise<Outcome> {
  const { to, templateId, places, link } = outgoing;
  if (to.kind !== 'wallet') throw new Error('this message goes to a wallet');
  const linkCode = linkCodeOf(link);
  const url = encodeURIComponent(link ?? '');
  const page = fillText(context.values['page'] ?? '', { linkCode, link: url }, url);
  // Ids of old apps are numbers that begin with 2088; since 2024 apps give an open id.
  const user = /^2088\d{12}$/.test(to.openId) ? 'to_user_id' : 'to_open_id';
  const reply = await callAlipay(context, method, {
    [user]: to.openId,
    user_template_id: templateId,
    ...(page !== '' && { page }),
    data: JSON.stringify(Object.fromEntries(places.map(({ place, value }) => [place, { value }]))),
  });
  if (reply.kind === 'unknown') return outcome.unknown('NO_ANSWER', reply.reason);
  const code = textOf(reply.body['code']);
  if (code === '10000') return outcome.accepted(textOf(reply.body['msg_id']) || null);
  const word = textOf(reply.body['sub_code']) || code;
  const detail = textOf(reply.body['sub_msg']) || textOf(reply.body['msg']);
  if (code === '' || code === '20000') return outcome.unknown(word, detail);
  return outcomeOf(classOf(classes, word, 'recipient'), word, detail);
}

function checkKeys(values: Values): { field: string; reason: string }[] {
  const problems: { field: string; reason: string }[] = [];
  const attempt = (field: string, reason: string, read: () => unknown) => {
    try {
      read();
    } catch {
      problems.push({ field: `credentials.${field}`, reason });
    }
  };
  attempt('privateKeyPem', '应用私钥读不出来，请粘贴密钥工具生成的 PEM 全文', () =>
    createPrivateKey(values['privateKeyPem'] ?? ''),
  );
  const trusted = hasCertificates(values) ? 'alipayCertificatePem' : 'alipayPublicKeyPem';
  attempt(trusted, '支付宝公钥（或证书）读不出来，请粘贴 PEM 全文', () => alipayKey(values));
  return problems;
}
