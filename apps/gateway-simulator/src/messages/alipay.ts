import { deliver } from './deliver.ts';
import type { MessageDeps } from './records.ts';

type Value = Record<string, unknown>;

/** How the gateway of Alipay hands a template message over. */
export function takeAlipayMessage(
  deps: MessageDeps,
  { appId, name, biz }: { appId: string; name: string; biz: Value },
): Value | { refusal: string } {
  const user = biz.to_user_id ?? biz.to_open_id;
  if (typeof user !== 'string' || user === '') return { refusal: 'USER_NOT_SUBSCRIBE' };
  const left = deps.records.consents.get(`${appId}/${user}`);
  if (left === 0) return { refusal: 'USER_NOT_SUBSCRIBE' };
  if (left !== undefined) deps.records.consents.set(`${appId}/${user}`, left - 1);
  const template = deps.records.customers.get(`alipay/${appId}`)?.templates[
    String(biz.user_template_id)
  ];
  if (template === undefined) return { refusal: 'USER_TEMPLATE_ILLEGAL' };
  const keys = JSON.parse(template) as Record<string, string>;
  const data = JSON.parse(String(biz.data)) as Record<string, { value: string }>;
  const lines = Object.entries(keys).map(([key, label]): [string, string] => [
    label,
    data[key]?.value ?? '',
  ]);
  if (lines.some(([, value]) => value === '')) return { refusal: 'USER_TEMPLATE_ILLEGAL' };
  deliver(deps, {
    ...{ provider: 'alipay', customer: appId, receiver: user, title: `${name} · 服务提醒` },
    ...{ body: lines.map((line) => line.join('：')).join('\n'), lines, outId: '' },
    link: typeof biz.page === 'string' ? biz.page : null,
  });
  return {};
}
