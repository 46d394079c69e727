import type { Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { freeAt, longestWindowMs } from '../domain/caps.ts';
import { isOwed, isUrgent } from '../domain/purpose.ts';
import { quietUntil } from '../domain/quiet.ts';
import { templateOf } from '../domain/templates/index.ts';
import type { MessageContent } from '../message.ts';
import type { MessagingDeps } from '../open-account.ts';
import { companyOf, messageSettings, type Settings } from '../queries/settings.ts';
import { phoneIndex } from '../seal-content.ts';
import type { Ready } from '../sending.ts';
import type { Put } from '../store/decision-store.ts';
import { blockedAmong, holdRecipients, releasesOf, switchedOff } from '../store/queue-store.ts';

interface ToAllow {
  readonly purpose: string;
  readonly ready: readonly Ready[];
  readonly puts: Put[];
  readonly now: Date;
}

/** Leaves what may leave now: within the hours, the caps, and by ways that people want. */
export async function allowed(
  deps: MessagingDeps,
  tx: Tx,
  { purpose, ready, puts, now }: ToAllow,
): Promise<readonly Ready[]> {
  if (isUrgent(purpose) || ready.length === 0) return ready;
  const [settings, company] = await Promise.all([messageSettings(tx), companyOf(tx)]);
  const awake = ready.filter((each) => {
    const until = quietUntil(
      now,
      company.timeZone,
      { from: settings.quietFrom, to: settings.quietTo },
      templateOf(each.row.templateKey)?.isMarketing,
    );
    if (until) puts.push(later(each, until, 'quiet-hours'));
    return !until;
  });
  const wanted = await withWantedWays(deps, tx, { purpose, ready: awake, puts, now });
  return await withinCaps(tx, { purpose, ready: wanted, puts, now }, settings);
}

/** A message that would come too late is not worth sending. */
function later({ row }: Ready, at: Date, reason: string): Put {
  return at >= row.expiresAt
    ? { id: row.id, state: 'dropped', dueAt: null, reason }
    : { id: row.id, state: 'queued', dueAt: at, reason };
}

/** Takes away the ways that people have switched off, and phones that refused. */
async function withWantedWays(
  deps: MessagingDeps,
  tx: Tx,
  { purpose, ready, puts }: ToAllow,
): Promise<Ready[]> {
  if (ready.length === 0) return [];
  const recipientKeys = [...new Set(ready.map(({ row }) => row.recipientKey))];
  const phones = new Map(
    ready.flatMap(({ content }) =>
      content.routes.flatMap(({ to }) =>
        to.kind === 'phone'
          ? [[to.phone, phoneIndex(deps.secrets, tx.companyId, to.phone)] as const]
          : [],
      ),
    ),
  );
  const [off, blocked] = await Promise.all([
    switchedOff(tx, { recipientKeys, purpose }),
    blockedAmong(tx, [...phones.values()]),
  ]);
  return ready.flatMap((each) => {
    const { row, content } = each;
    const isWanted = ({ via, to }: MessageContent['routes'][number]) =>
      !off.has(`${row.recipientKey}/${via}`) &&
      !(to.kind === 'phone' && blocked.has(phones.get(to.phone)?.toString('hex') ?? ''));
    const kept = content.routes.filter(isWanted);
    if (kept.length === content.routes.length) return [each];
    if (kept.length > 0) return [{ row, content: { ...content, routes: kept } }];
    if (isOwed(purpose)) return [each];
    puts.push({ id: row.id, state: 'dropped', dueAt: null, reason: 'opted-out' });
    return [];
  });
}

/** Counts under the recipients' rows, the batch's own messages included. */
async function withinCaps(
  tx: Tx,
  { purpose, ready, puts, now }: ToAllow,
  { caps }: Settings,
): Promise<Ready[]> {
  const windowMs = longestWindowMs(caps, purpose);
  if (windowMs === 0 || ready.length === 0) return [...ready];
  const recipientKeys = [...new Set(ready.map(({ row }) => row.recipientKey))];
  const ids = recipientKeys.map((key) => derivedId('messaging.recipient', tx.companyId, key));
  await holdRecipients(tx, ids, now);
  const since = new Date(now.getTime() - windowMs);
  const released = await releasesOf(tx, { recipientKeys, purpose, since });
  return ready.filter((each) => {
    const known = released.get(each.row.recipientKey) ?? [];
    const at = freeAt(caps, purpose, known, now);
    if (at > now) {
      puts.push(later(each, at, 'too-often'));
      return false;
    }
    released.set(each.row.recipientKey, [...known, now]);
    return true;
  });
}
