import type {
  ChannelContext,
  Notice,
  NoticeAnswers,
  NoticeNews,
  NoticeReading,
  RefusalReason,
} from '../channel.ts';
import { type ChannelDeps, openAccount, reopenAccount } from '../open-account.ts';
import { channelOf, isChannel } from '../registry.ts';
import { keepEvidence } from './keep-evidence.ts';
import { keepMandateNews } from './mandates.ts';

/** Real notices have 1 to 2 KB. */
const maxBodyBytes = 64 * 1024;

export interface NotificationInput extends Notice {
  readonly companyId: string;
  /** The channel's name in the notify URL. */
  readonly channel: string;
  /** The merchant account's number in the notify URL. */
  readonly accountNumber: number;
  readonly remoteIp: string;
}

export type NotificationReading =
  | ({
      readonly state: 'authentic';
      readonly merchantAccountId: string;
      readonly notificationId: string;
      readonly eventType: string;
    } & NoticeNews)
  | { readonly state: 'refused'; readonly reason: RefusalReason };

/**
 * Reads a notification: verified over its raw body, decrypted, and compared with the account's
 * merchant and app. What is forged, foreign or stale is refused, with a capped piece of evidence.
 * Amounts are compared by whoever knows the order.
 */
export async function readNotification(
  deps: ChannelDeps,
  input: NotificationInput,
): Promise<NotificationReading> {
  const context = await openAccount(deps, input.companyId, { number: input.accountNumber });
  // Nobody's evidence: there is no account to keep it under.
  if (context?.account.channel !== input.channel) {
    return { state: 'refused', reason: 'unknown-account' };
  }
  const merchantAccountId = context.account.id;
  const reading =
    input.rawBody.length > maxBodyBytes
      ? ({ state: 'refused', reason: 'too-large' } as const)
      : await readWithFreshKeys(deps, context, input);
  if (reading.state === 'authentic') {
    const { mandate } = reading;
    if (mandate) await keepMandateNews(deps, { ...input, merchantAccountId }, mandate);
    return { ...reading, merchantAccountId };
  }
  await keepEvidence(deps, { ...input, merchantAccountId, reason: reading.reason });
  return reading;
}

/** What no key here opens may be sealed with one that another process has just been given. */
const keyReasons: ReadonlySet<RefusalReason> = new Set([
  'unknown-serial',
  'bad-signature',
  'not-decryptable',
]);

async function readWithFreshKeys(
  deps: ChannelDeps,
  context: ChannelContext,
  input: NotificationInput,
): Promise<NoticeReading> {
  const channel = channelOf(context.account.channel);
  const reading = await channel.readNotice(context, input);
  if (reading.state === 'authentic' || !keyReasons.has(reading.reason)) return reading;
  const fresh = await reopenAccount(deps, input.companyId, { number: input.accountNumber });
  return fresh ? await channel.readNotice(fresh, input) : reading;
}

/** How a channel wants its notices answered; undefined for what is no channel. */
export function noticeAnswersOf(channel: string, notice?: Notice): NoticeAnswers | undefined {
  if (!isChannel(channel)) return undefined;
  const { answersTo, noticeAnswers } = channelOf(channel);
  return (notice && answersTo?.(notice)) ?? noticeAnswers;
}
