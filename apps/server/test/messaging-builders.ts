import { createAccount, enqueueMessages, type NewMessage } from '../src/modules/messaging/index.ts';
import { derivedId } from '../src/platform/id.ts';
import type { TestSystem } from './harness.ts';

/** An account for pushes; the address is where a test plays the provider. */
export async function givenPushAccount(
  system: TestSystem,
  wanted: { companyId?: string; name?: string; api?: string; priority?: number } = {},
): Promise<string> {
  const companyId = wanted.companyId ?? system.companyId;
  const { id } = await createAccount(system.deps, {
    actor: { ...system.staff, companyId },
    account: {
      provider: 'jpush',
      name: wanted.name ?? '推送',
      credentials: { appKey: 'throwawayAppKey', masterSecret: 'throwawayMasterSecret' },
      ...(wanted.api !== undefined && { endpoints: { api: wanted.api } }),
      ...(wanted.priority !== undefined && { priority: wanted.priority }),
    },
  });
  return id;
}

const hourMs = 3_600_000;

/** A message to a device, due now. */
export function pushMessage(
  system: TestSystem,
  name: string,
  wanted: Partial<NewMessage> = {},
): NewMessage {
  const now = system.clock.now();
  return {
    id: derivedId('test.message', name),
    purpose: 'receipt',
    subjectId: name,
    recipientKey: `account-${name}`,
    templateKey: 'receipt.paid',
    dueAt: now,
    expiresAt: new Date(now.getTime() + 48 * hourMs),
    content: {
      routes: [{ via: 'push', to: { kind: 'device', provider: 'jpush', token: `device-${name}` } }],
      variables: {
        community: '春江花园',
        unit: '1栋301',
        amount: '740.70',
        paidOn: '2026年11月24日',
      },
      link: `https://pay.example.com/s/${name}`,
      language: 'zh',
    },
    ...wanted,
  };
}

/** An account and a message that waits. */
export async function givenMessages(
  system: TestSystem,
  { companyId }: { companyId: string },
): Promise<void> {
  await givenPushAccount(system, { companyId, name: '甲方推送' });
  const message = { ...pushMessage(system, 'jia'), id: derivedId('test.message', companyId) };
  await system.deps.db.transaction(companyId, (tx) => enqueueMessages(tx, system.deps, [message]));
}
