import { classOf, outcome, outcomeOf } from '../outcome.ts';
import type { Outcome, Outgoing, Provider, ProviderContext } from '../provider.ts';
import { isObject, readObject, send, textOf } from '../transport.ts';
import { classes } from './codes.ts';
import { description } from './description.ts';
import { readReceipts } from './receipts.ts';
import { authorization } from './sign.ts';

/** Without a query: no documented one finds a message by a number of ours. */
export const tencentSms: Provider = {
  description,
  reaches: (_account, to) => to.kind === 'phone',
  send: sendSms,
  readReceipts,
};

const version = '2021-01-11';

async function sendSms(context: ProviderContext, outgoing: Outgoing): Promise<Outcome> {
  const { account, values, clock } = context;
  const { to, places, templateId, requestKey } = outgoing;
  if (to.kind !== 'phone') throw new Error('an SMS goes to a phone');
  const number = numberOf(to.phone);
  const body = JSON.stringify({
    PhoneNumberSet: [number],
    SmsSdkAppId: values['sdkAppId'] ?? '',
    TemplateId: templateId,
    SignName: values['signName'] ?? '',
    TemplateParamSet: places.map(({ value }) => value),
    SessionContext: requestKey,
  });
  const origin = new URL(account.endpoints['api'] ?? '');
  const timestamp = Math.floor(clock.now().getTime() / 1000);
  const keys = { secretId: values['secretId'] ?? '', secretKey: values['secretKey'] ?? '' };
  const answer = await send({
    url: `${origin.origin}/`,
    method: 'POST',
    headers: {
      authorization: authorization({ host: origin.host, body, timestamp }, keys),
      'content-type': 'application/json',
      'x-tc-action': 'SendSms',
      'x-tc-version': version,
      'x-tc-timestamp': String(timestamp),
      'x-tc-region': values['region'] || 'ap-guangzhou',
    },
    body,
  });
  return outcomeOfAnswer(answer.status, readObject(answer.text)?.['Response'], number);
}

/** E.164; a number without a country is a mainland one. */
function numberOf(phone: string): string {
  const digits = phone.replace(/[^\d]/g, '');
  return /^1\d{10}$/.test(digits) ? `+86${digits}` : `+${digits}`;
}

/** Both kinds of failure come with HTTP 200; the item of this very number decides. */
function outcomeOfAnswer(status: number, response: unknown, number: string): Outcome {
  if (!isObject(response) || status >= 500) return outcome.unknown(`HTTP ${status}`);
  const error = response['Error'];
  if (isObject(error)) return refusal(textOf(error['Code']), textOf(error['Message']));
  const set = response['SendStatusSet'];
  const items = Array.isArray(set) ? set.filter(isObject) : [];
  const item = items.find(({ PhoneNumber }) => textOf(PhoneNumber) === number);
  if (items.length !== 1 || !item) return outcome.unknown('ITEM_MISSING');
  const code = textOf(item['Code']);
  if (code === 'Ok') return outcome.accepted(textOf(item['SerialNo']) || null);
  return refusal(code, textOf(item['Message']));
}

function refusal(code: string, detail: string): Outcome {
  if (code === '') return outcome.unknown('CODE_MISSING');
  return outcomeOf(classOf(classes, code, 'content'), code, detail);
}
