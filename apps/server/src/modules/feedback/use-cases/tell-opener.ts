import type { Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { enqueueMessages, type NewMessage, type Route } from '../../messaging/index.ts';
import { type Contact, contactsOfUnits } from '../../resident/index.ts';
import type { FeedbackDeps } from '../deps.ts';
import { messageLifeMs } from '../limits.ts';
import { ticketPath } from '../names.ts';
import { openPhone } from '../phone.ts';
import { companyOf } from '../queries/settings.ts';
import type { LockedTicket } from '../store/ticket-store.ts';

export interface News {
  /** Of the entry that is told about: the same one is told once. */
  readonly entryId: string;
  readonly template:
    | 'feedback.replied'
    | 'feedback.progress'
    | 'feedback.done'
    | 'feedback.dispute';
  /** For the templates that say it. */
  readonly result?: { readonly zh: string; readonly en: string };
}

/** Tells whoever opened the ticket, where they can be reached. @returns whether they can be */
export async function tellOpener(
  tx: Tx,
  deps: FeedbackDeps,
  ticket: LockedTicket,
  { entryId, template, result }: News,
): Promise<boolean> {
  const to = await receiverOf(tx, deps, ticket);
  if (!to || to.routes.length === 0) return false;
  const at = deps.clock.now();
  const title = [...ticket.text.replaceAll(/\s+/g, ' ')].slice(0, 20).join('');
  const variables = {
    ticketNo: ticket.ticketNo,
    title,
    ...(result && { result: result[to.language] }),
  };
  const message: NewMessage = {
    id: derivedId(tx.companyId, 'feedback.message', ticket.id, entryId),
    purpose: 'feedback',
    subjectId: ticket.id,
    recipientKey: to.recipientKey,
    templateKey: template,
    dueAt: at,
    expiresAt: new Date(at.getTime() + messageLifeMs),
    content: { routes: to.routes, variables, link: to.link, language: to.language },
  };
  await enqueueMessages(tx, deps, [message]);
  return true;
}

interface Receiver {
  readonly recipientKey: string;
  readonly routes: readonly Route[];
  readonly link: string;
  readonly language: 'zh' | 'en';
}

async function receiverOf(
  tx: Tx,
  deps: FeedbackDeps,
  ticket: LockedTicket,
): Promise<Receiver | undefined> {
  const { shortCode } = await companyOf(tx);
  if (ticket.accountId !== null && ticket.unitId !== null) {
    const contacts = await contactsOfUnits(tx, deps, [ticket.unitId]);
    const contact = contacts
      .get(ticket.unitId)
      ?.find(({ accountId }) => accountId === ticket.accountId);
    const link = `${deps.publicUrl}/r/${shortCode}/tickets/${ticket.id}`;
    return contact && { ...contact, routes: routesOf(contact), link };
  }
  if (ticket.phoneCipher === null || ticket.accessCode === null) return undefined;
  const phone = openPhone(deps, tx.companyId, ticket.phoneCipher);
  return {
    recipientKey: derivedId(tx.companyId, 'feedback.phone', phone),
    routes: [{ via: 'sms', to: { kind: 'phone', phone } }],
    link: `${deps.publicUrl}${ticketPath(shortCode, ticket.accessCode)}`,
    language: ticket.language,
  };
}

/** What costs nothing first. */
function routesOf({ walletIds, devices, phone, email }: Contact): Route[] {
  return [
    ...walletIds.flatMap(({ scope, openId }): Route[] => {
      const to = { kind: 'wallet', scope, openId } as const;
      if (scope.startsWith('wechat-pay/')) return [{ via: 'wechat-subscription', to }];
      return scope.startsWith('alipay/') ? [{ via: 'alipay-message', to }] : [];
    }),
    ...devices.map((device): Route => ({ via: 'push', to: { kind: 'device', ...device } })),
    ...(phone ? [{ via: 'sms', to: { kind: 'phone', phone } } as const] : []),
    ...(email ? [{ via: 'email', to: { kind: 'email', address: email } } as const] : []),
  ];
}
