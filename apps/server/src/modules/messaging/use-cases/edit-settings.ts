import type { MessageSettings, NotificationSettings } from '@wuye-pay/contract';
import type { Actor, ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { messagingErrors } from '../errors.ts';
import { everyVia } from '../message.ts';
import type { MessagingDeps } from '../open-account.ts';
import { preferencesOf } from '../queries/preferences.ts';
import { messageSettings } from '../queries/settings.ts';
import { savePreferences, saveSettings } from '../store/setting-store.ts';

type SettingDeps = Pick<MessagingDeps, 'db' | 'clock'>;

export async function showSettings(
  { db }: SettingDeps,
  companyId: string,
): Promise<MessageSettings> {
  const { quietFrom, quietTo, caps } = await db.read(companyId, messageSettings);
  return { quietFrom, quietTo, caps: [...caps] };
}

/** @throws MESSAGE_SETTING_INVALID */
export async function changeSettings(
  deps: SettingDeps,
  { actor, settings }: { readonly actor: Actor; readonly settings: MessageSettings },
): Promise<MessageSettings> {
  const names = settings.caps.map(({ purpose, hours }) => `${purpose}/${hours}`);
  const twice = names.findIndex((name, index) => names.indexOf(name) < index);
  if (twice >= 0) {
    const problem = { field: `caps.${twice}`, reason: '同一用途、同一时长只能有一条上限' };
    throw messagingErrors.MESSAGE_SETTING_INVALID({ problems: [problem] });
  }
  const at = deps.clock.now();
  await deps.db.transaction(actor.companyId, async (tx) => {
    await saveSettings(tx, settings, at);
    await recordAudit(tx, deps.clock, {
      ...{ actor, action: 'messaging.change_settings', subjectKind: 'message-settings' },
      subjectId: actor.companyId,
      detail: { ...settings },
    });
  });
  return await showSettings(deps, actor.companyId);
}

/** What residents choose about; codes and invitations they ask for themselves. */
const chosen = ['reminder', 'autopay', 'feedback', 'receipt'] as const;

/** Everything is on until it is switched off. */
export async function showNotifications(
  { db }: SettingDeps,
  actor: ResidentActor,
): Promise<NotificationSettings> {
  const known = await db.read(actor.companyId, (tx) => preferencesOf(tx, actor.id));
  return {
    items: chosen.flatMap((purpose) =>
      everyVia.map((via) => ({ purpose, via, isOn: known.get(`${purpose}/${via}`) ?? true })),
    ),
  };
}

export async function changeNotifications(
  deps: SettingDeps,
  {
    actor,
    items,
  }: { readonly actor: ResidentActor; readonly items: NotificationSettings['items'] },
): Promise<NotificationSettings> {
  // The last word counts: one statement may not touch a row twice.
  const last = new Map(items.map((item) => [`${item.purpose}/${item.via}`, item]));
  const at = deps.clock.now();
  await deps.db.transaction(actor.companyId, (tx) =>
    savePreferences(tx, { recipientKey: actor.id, preferences: [...last.values()], at }),
  );
  return await showNotifications(deps, actor);
}
