import { outcome } from '../outcome.ts';
import type { Found, Outcome, Outgoing, Provider, ProviderContext } from '../provider.ts';
import { wechatOutcome } from '../wechat/codes.ts';
import { fitPlace, placeProblem } from '../wechat/fit-place.ts';
import { callWechat } from '../wechat/token.ts';
import { description } from './description.ts';
import { readReceipts } from './receipts.ts';

export const wechatOfficial: Provider = {
  description,
  reaches: ({ appId }, to) => to.kind === 'wallet' && to.scope === `wechat-pay/${appId}`,
  fitPlace,
  placeProblem,
  send: sendMessage,
  resolve: repeatMessage,
  readReceipts,
};

async function sendMessage(context: ProviderContext, outgoing: Outgoing): Promise<Outcome> {
  const { to, templateId, places, link, requestKey } = outgoing;
  if (to.kind !== 'wallet') throw new Error('this message goes to a wallet');
  const answer = await callWechat(context, '/cgi-bin/message/template/send', {
    touser: to.openId,
    template_id: templateId,
    ...(link !== undefined && { url: link }),
    client_msg_id: requestKey,
    data: Object.fromEntries(places.map(({ place, value }) => [place, { value }])),
  });
  return wechatOutcome(answer, 'msgid');
}

/** How long the platform knows a client_msg_id again is not written down; a few minutes surely. */
const knownMs = 8 * 60_000;

/** A repeat under the same client_msg_id is no second message. */
async function repeatMessage(context: ProviderContext, outgoing: Outgoing): Promise<Found> {
  const ageMs = context.clock.now().getTime() - outgoing.startedAt.getTime();
  if (ageMs > knownMs) return outcome.unknown('TOO_LATE_TO_REPEAT');
  return await sendMessage(context, outgoing);
}
