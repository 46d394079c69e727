import { fillText, linkCodeOf } from '../domain/fill-text.ts';
import type {
  Outcome,
  Outgoing,
  Provider,
  ProviderContext,
  WalletPhone,
  WalletProof,
} from '../provider.ts';
import { isObject, textOf } from '../transport.ts';
import { wechatOutcome } from '../wechat/codes.ts';
import { fitPlace, placeProblem } from '../wechat/fit-place.ts';
import { callWechat } from '../wechat/token.ts';
import { description } from './description.ts';

/** Without a query: the platform tells nothing about a message it was given before. */
export const wechatMini: Provider = {
  description,
  reaches: ({ appId }, to) => to.kind === 'wallet' && to.scope === `wechat-pay/${appId}`,
  fitPlace,
  placeProblem,
  send: sendMessage,
  phoneOf,
};

async function sendMessage(context: ProviderContext, outgoing: Outgoing): Promise<Outcome> {
  const { to, templateId, places, link, language } = outgoing;
  if (to.kind !== 'wallet') throw new Error('this message goes to a wallet');
  const { values } = context;
  const page = pageOf(values['page'] ?? '', link);
  const answer = await callWechat(context, '/cgi-bin/message/subscribe/send', {
    touser: to.openId,
    template_id: templateId,
    ...(page !== '' && { page }),
    miniprogram_state: values['state'] || 'formal',
    lang: language === 'zh' ? 'zh_CN' : 'en_US',
    data: Object.fromEntries(places.map(({ place, value }) => [place, { value }])),
  });
  return wechatOutcome(answer, 'msgid');
}

/** The page with the link's own end, which is what pages of the app know bills by. */
function pageOf(page: string, link: string | undefined): string {
  const variables = { linkCode: linkCodeOf(link), link: encodeURIComponent(link ?? '') };
  return fillText(page, variables, variables.link);
}

/** The code of the button that asks for the phone; each is good once, for five minutes. */
async function phoneOf(context: ProviderContext, { code }: WalletProof): Promise<WalletPhone> {
  const answer = await callWechat(context, '/wxa/business/getuserphonenumber', { code });
  const info = answer.body?.['phone_info'];
  const phone = isObject(info) ? textOf(info['phoneNumber']).replace(/^\+86/, '') : '';
  if (textOf(answer.body?.['errcode']) === '0' && phone !== '') return { phone };
  return { failed: textOf(answer.body?.['errcode']) || `HTTP ${answer.status}` };
}
