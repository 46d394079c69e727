import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { enqueueMessages, type Route } from '../../messaging/index.ts';
import { type Contact, contactsOfUnits } from '../../resident/index.ts';
import type { Mandate } from '../domain/mandate.ts';
import type { Bilingual } from '../domain/words.ts';
import { companyOf } from '../queries/company.ts';
import { unitNames } from '../queries/unit-names.ts';

/** Later than this a message about a debit only confuses. */
const goodForMs = 3 * 24 * 3_600_000;

export interface PayerMessage {
  readonly mandate: Pick<Mandate, 'id' | 'accountId'>;
  /** Makes the id: the same fact is told once. */
  readonly about: readonly [kind: string, subjectId: string];
  readonly templateKey: string;
  readonly unitIds: readonly string[];
  /** Besides community and unit. */
  readonly variables: Readonly<Record<string, Bilingual>>;
}

/** The id of the notice before a debit. */
export function noticeId(debitId: string): string {
  return derivedId('autopay', 'notice', debitId);
}

/**
 * Puts a message to the payer of a mandate into the queue.
 * @returns false when there is no way to reach them
 */
export async function tellPayer(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'secrets' | 'publicUrl'>,
  message: PayerMessage,
): Promise<boolean> {
  const { mandate, about, templateKey, unitIds } = message;
  const contacts = await contactsOfUnits(tx, deps, unitIds);
  const contact = [...contacts.values()]
    .flat()
    .find(({ accountId }) => accountId === mandate.accountId);
  const routes = contact ? routesTo(contact) : [];
  if (!contact || routes.length === 0) return false;
  const names = await unitNames(tx, unitIds);
  const { shortCode } = await companyOf(tx);
  const { language, recipientKey } = contact;
  const at = deps.clock.now();
  const variables: Record<string, string> = {
    community: names[0]?.communityName ?? '',
    unit: names.map(({ label }) => label).join('、'),
  };
  for (const [name, words] of Object.entries(message.variables)) variables[name] = words[language];
  const link = `${deps.publicUrl}/r/${shortCode}/autopay`;
  await enqueueMessages(tx, deps, [
    {
      id: derivedId('autopay', ...about),
      purpose: 'autopay',
      subjectId: about[1],
      recipientKey,
      templateKey,
      dueAt: at,
      expiresAt: new Date(at.getTime() + goodForMs),
      content: { routes, variables, link, language },
    },
  ]);
  return true;
}

/** What costs nothing first. */
function routesTo({ walletIds, devices, phone, email }: Contact): Route[] {
  const wallets = walletIds.flatMap(({ scope, openId }): Route[] => {
    const to = { kind: 'wallet', scope, openId } as const;
    if (scope.startsWith('wechat-pay/')) return [{ via: 'wechat-subscription', to }];
    return scope.startsWith('alipay/') ? [{ via: 'alipay-message', to }] : [];
  });
  return [
    ...wallets,
    ...devices.map((device): Route => ({ via: 'push', to: { kind: 'device', ...device } })),
    ...(phone ? [{ via: 'sms', to: { kind: 'phone', phone } } as const] : []),
    ...(email ? [{ via: 'email', to: { kind: 'email', address: email } } as const] : []),
  ];
}
