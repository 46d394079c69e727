import { classOf, outcome, outcomeOf } from '../outcome.ts';
import type { Found, Outcome, Outgoing, Provider, ProviderContext } from '../provider.ts';
import { isObject, textOf } from '../transport.ts';
import { type AliyunAnswer, callAliyun } from './client.ts';
import { classes } from './codes.ts';
import { description } from './description.ts';
import { readReceipts } from './receipts.ts';

export const aliyunSms: Provider = {
  description,
  reaches: (_account, to) => to.kind === 'phone',
  send: sendSms,
  resolve: findSms,
  readReceipts,
};

async function sendSms(context: ProviderContext, outgoing: Outgoing): Promise<Outcome> {
  const { to, places, templateId, requestKey } = outgoing;
  if (to.kind !== 'phone') throw new Error('an SMS goes to a phone');
  const variables = Object.fromEntries(places.map(({ place, value }) => [place, value]));
  const answer = await callAliyun(context, 'SendSms', {
    PhoneNumbers: numberOf(to.phone),
    SignName: context.values['signName'] ?? '',
    TemplateCode: templateId,
    ...(places.length > 0 && { TemplateParam: JSON.stringify(variables) }),
    OutId: requestKey,
  });
  return outcomeOfAnswer(answer, ({ BizId }) => outcome.accepted(textOf(BizId) || null));
}

/** Mainland numbers without a prefix, others with their country code and without a plus. */
function numberOf(phone: string): string {
  return phone.replace(/[^\d]/g, '').replace(/^86(?=1\d{10}$)/, '');
}

function outcomeOfAnswer(
  { status, body }: AliyunAnswer,
  onOk: (body: Readonly<Record<string, unknown>>) => Outcome,
): Outcome {
  const code = textOf(body?.['Code']);
  if (!body || code === '' || status >= 500) return outcome.unknown(`HTTP ${status}`, code);
  if (code === 'OK') return onOk(body);
  return outcomeOf(classOf(classes, code, 'content'), code, textOf(body['Message']));
}

/** Details are there within seconds; so long nothing found means nothing. */
const settleMs = 5 * 60_000;
const pageSize = 50;
/** Far above what flow control lets one number get in a day. */
const maxPages = 10;

/** Not idempotent: what was sent is looked up by our own number, never sent again unasked. */
async function findSms(context: ProviderContext, outgoing: Outgoing): Promise<Found> {
  const { to, requestKey, startedAt } = outgoing;
  if (to.kind !== 'phone') throw new Error('an SMS goes to a phone');
  for (const day of daysOf(startedAt)) {
    for (let page = 1; page <= maxPages; page += 1) {
      const answer = await callAliyun(context, 'QuerySendDetails', {
        PhoneNumber: numberOf(to.phone),
        SendDate: day,
        PageSize: String(pageSize),
        CurrentPage: String(page),
      });
      if (textOf(answer.body?.['Code']) !== 'OK') {
        return outcome.unknown(textOf(answer.body?.['Code']) || `HTTP ${answer.status}`);
      }
      const details = detailsOf(answer);
      if (details.some(({ OutId }) => textOf(OutId) === requestKey)) return outcome.accepted(null);
      if (details.length < pageSize) break;
    }
  }
  const ageMs = context.clock.now().getTime() - startedAt.getTime();
  return ageMs >= settleMs ? { kind: 'absent' } : outcome.unknown('NOT_FOUND_YET');
}

function detailsOf({ body }: AliyunAnswer): Readonly<Record<string, unknown>>[] {
  const list = body?.['SmsSendDetailDTOs'];
  const items = isObject(list) ? list['SmsSendDetailDTO'] : undefined;
  return Array.isArray(items) ? items.filter(isObject) : [];
}

const beijingMs = 8 * 3_600_000;

/** The day it was sent on in Beijing, and the next if it was sent just before midnight. */
function daysOf(startedAt: Date): string[] {
  const days = [0, settleMs].map((ms) =>
    new Date(startedAt.getTime() + beijingMs + ms).toISOString().slice(0, 10).replaceAll('-', ''),
  );
  return [...new Set(days)];
}
