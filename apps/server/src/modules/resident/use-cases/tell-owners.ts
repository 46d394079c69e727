import type { Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { NewMessage } from '../../messaging/index.ts';
import type { ResidentDeps } from '../doors.ts';
import { companyRow } from '../queries/account.ts';
import { type Contact, contactsOfUnits } from './contacts-of-units.ts';

/** Of no interest to anybody after this. */
const lifeMs = 3 * 24 * 3_600_000;

export interface Joined {
  readonly unitId: string;
  readonly communityName: string;
  readonly label: string;
  /** Who has access from now on; they are not told themselves. */
  readonly accountId: string;
  readonly bindingId: string;
  /** As the owners may know them. */
  readonly person: string;
}

/** The owners hear of everybody who gets access to their home, so that a wrong one does not stay. */
export async function tellOwners(tx: Tx, deps: ResidentDeps, joined: Joined): Promise<void> {
  const contacts = await contactsOfUnits(tx, deps, [joined.unitId]);
  const owners = (contacts.get(joined.unitId) ?? []).filter(
    ({ role, accountId }) => role === 'owner' && accountId !== joined.accountId,
  );
  const { shortCode } = await companyRow(tx);
  const link = `${deps.publicUrl}/r/${shortCode}/`;
  const { communityName: community, label: unit, person, bindingId } = joined;
  const content = { variables: { community, unit, person }, link };
  const messages = owners.map((owner) =>
    messageTo(deps, owner, { subjectId: bindingId, templateKey: 'binding.joined', ...content }),
  );
  await deps.doors.enqueueMessages(tx, deps, messages);
}

export interface Told {
  readonly subjectId: string;
  readonly templateKey: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly link: string;
}

/** One message a person and fact, by every way that reaches them, the cheapest first. */
export function messageTo(
  deps: Pick<ResidentDeps, 'clock'>,
  contact: Contact,
  { subjectId, templateKey, variables, link }: Told,
): NewMessage {
  const at = deps.clock.now();
  const { recipientKey, language } = contact;
  return {
    id: derivedId(templateKey, subjectId, recipientKey),
    purpose: 'binding',
    subjectId,
    recipientKey,
    templateKey,
    dueAt: at,
    expiresAt: new Date(at.getTime() + lifeMs),
    content: { routes: routesTo(contact), variables, link, language },
  };
}

type Routes = NonNullable<NewMessage['content']>['routes'];

function routesTo({ walletIds, devices, phone, email }: Contact): Routes {
  return [
    ...walletIds.map(({ scope, openId }) => ({
      via: scope.startsWith('alipay/')
        ? ('alipay-message' as const)
        : ('wechat-subscription' as const),
      to: { kind: 'wallet' as const, scope, openId },
    })),
    ...devices.map(({ provider, token }) => ({
      via: 'push' as const,
      to: { kind: 'device' as const, provider, token },
    })),
    ...(phone ? [{ via: 'sms' as const, to: { kind: 'phone' as const, phone } }] : []),
    ...(email ? [{ via: 'email' as const, to: { kind: 'email' as const, address: email } }] : []),
  ];
}
