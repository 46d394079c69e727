import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { lockOpenDebts } from '../../billing/index.ts';
import type { DueMessage, Release, Releaser } from '../../messaging/index.ts';
import { type Contact, contactsOfUnits } from '../../resident/index.ts';
import { type Debt, type Decision, decide } from '../domain/decide.ts';
import { waysTo } from '../domain/ways.ts';
import { variablesOf } from '../domain/wording.ts';
import { dayMs, heldAgainMs, linkDays } from '../limits.ts';
import { linkCodeOf } from '../link-code.ts';
import { companyOf } from '../queries/company.ts';
import { disputedBills } from '../queries/disputes.ts';
import { type NewNotice, saveNotices } from '../store/notice-store.ts';
import {
  type Dropped,
  type LockedReminder,
  lockReminders,
  markDropped,
  markReleased,
  type Released,
} from '../store/reminder-store.ts';

type ReleaseDeps = Pick<Deps, 'clock' | 'secrets' | 'publicUrl'>;

/** The debt is read again, under its lock, in the transaction that lets the message go. */
export function reminderReleaser(deps: ReleaseDeps): Releaser {
  return { purpose: 'reminder', release: (tx, due) => release(deps, tx, due) };
}

async function release(
  deps: ReleaseDeps,
  tx: Tx,
  due: readonly DueMessage[],
): Promise<ReadonlyMap<string, Release>> {
  const now = deps.clock.now();
  const { shortCode, timeZone } = await companyOf(tx);
  const reminders = await lockReminders(tx, [...new Set(due.map((each) => each.subjectId))], now);
  const unitIds = [...new Set(reminders.map(({ unitId }) => unitId))];
  const debts = await debtsOf(tx, unitIds);
  const contacts = await contactsOfUnits(tx, deps, unitIds);
  const today = dayOf(now, timeZone);
  const judged = new Map(
    reminders.map((reminder) => {
      const decision = decide(reminder, debts.get(reminder.unitId) ?? [], {
        today,
        now,
        heldAgainMs,
      });
      return [reminder.id, { reminder, decision }] as const;
    }),
  );
  const letGo = due.map((message) =>
    judgeMessage(message, judged.get(message.subjectId), {
      contacts,
      codeOf: (id) => linkCodeOf(deps, shortCode, id),
    }),
  );
  return await record(deps, tx, letGo, now);
}

async function debtsOf(tx: Tx, unitIds: readonly string[]): Promise<Map<string, Debt[]>> {
  const open = await lockOpenDebts(tx, unitIds);
  const disputed = await disputedBills(tx, unitIds);
  const byUnit = new Map<string, Debt[]>();
  for (const debt of open) {
    const known = byUnit.get(debt.unitId) ?? [];
    known.push({ ...debt, isDisputed: disputed.has(debt.billId) });
    byUnit.set(debt.unitId, known);
  }
  return byUnit;
}

type Judged =
  | { readonly messageId: string; readonly kind: 'drop'; readonly dropped: Dropped }
  | { readonly messageId: string; readonly kind: 'later'; readonly at: Date }
  | {
      readonly messageId: string;
      readonly kind: 'send';
      readonly notice: NewNotice;
      readonly content: NonNullable<Extract<Release, { kind: 'send' }>['content']>;
    };

interface Reading {
  readonly contacts: ReadonlyMap<string, readonly Contact[]>;
  readonly codeOf: (messageId: string) => string;
}

function judgeMessage(
  message: DueMessage,
  judged: { reminder: LockedReminder; decision: Decision } | undefined,
  { contacts, codeOf }: Reading,
): Judged {
  const { id: messageId, subjectId } = message;
  const drop = (reason: Dropped['reason']): Judged => ({
    messageId,
    kind: 'drop',
    dropped: { id: subjectId, reason },
  });
  if (!judged) return drop('out-of-date');
  const { reminder, decision } = judged;
  if (decision.kind === 'drop') return drop(decision.reason);
  if (decision.kind === 'later') return { messageId, ...decision };
  const people = contacts.get(reminder.unitId) ?? [];
  const contact = people.find(({ recipientKey }) => recipientKey === message.recipientKey);
  if (!contact) return drop('moved-out');
  const routes = waysTo(reminder.vias, contact);
  if (routes.length === 0) return drop('no-contact');
  const { language, accountId } = contact;
  const { unitId, planId, stepId } = reminder;
  const { amountFen, dueOn } = decision;
  const code = codeOf(messageId);
  return {
    messageId,
    kind: 'send',
    content: {
      routes,
      language,
      variables: variablesOf(message.templateKey, { ...reminder, ...decision }, language),
    },
    notice: {
      id: messageId,
      reminderId: subjectId,
      ...{ planId, stepId, unitId, accountId, code, amountFen, dueOn },
    },
  };
}

async function record(
  { publicUrl }: ReleaseDeps,
  tx: Tx,
  letGo: readonly Judged[],
  now: Date,
): Promise<ReadonlyMap<string, Release>> {
  const sent = letGo.flatMap((each) => (each.kind === 'send' ? [each] : []));
  const released = new Map<string, Released>(
    sent.map(({ notice }) => [
      notice.reminderId,
      { id: notice.reminderId, amountFen: notice.amountFen },
    ]),
  );
  const dropped = new Map(
    letGo.flatMap((each) =>
      each.kind === 'drop' && !released.has(each.dropped.id)
        ? [[each.dropped.id, each.dropped] as const]
        : [],
    ),
  );
  const expiresAt = new Date(now.getTime() + linkDays * dayMs);
  const notices = sent.map(({ notice }) => notice);
  const codes = await saveNotices(tx, notices, { at: now, expiresAt });
  await markReleased(tx, [...released.values()], now);
  await markDropped(tx, [...dropped.values()], now);
  return new Map(
    letGo.map((each): readonly [string, Release] => {
      if (each.kind === 'drop') return [each.messageId, { ...each.dropped, kind: 'drop' }];
      if (each.kind === 'later') return [each.messageId, { kind: 'later', at: each.at }];
      const link = `${publicUrl}/s/${codes.get(each.messageId) ?? each.notice.code}`;
      return [each.messageId, { kind: 'send', content: { ...each.content, link } }];
    }),
  );
}
