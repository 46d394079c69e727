import type { Digest } from '@wuye-pay/contract';
import { dayOf, startOfDay } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { enqueueMessages, type NewMessage } from '../../messaging/index.ts';
import { daysAfter, mondayOf } from '../domain/week.ts';
import { weekFigures } from '../queries/digest-figures.ts';
import { everyCompany, rulesOf } from '../queries/settings.ts';
import { digestExists, insertDigest } from '../store/digest-store.ts';
import { countPaymentsOf } from '../store/payment-day-store.ts';

type DigestDeps = Pick<Deps, 'jobsDb' | 'clock' | 'secrets' | 'publicUrl' | 'log'>;

/** Payments end within the hour; a day more leaves none of a day under way. */
const daysCounted = 2;
/** The mail of a week is of use until the next one. */
const mailLifeMs = 5 * 86_400_000;

/**
 * Counts the payments of the last days, and makes the digest of the week that ended, once a
 * company and week however often and by how many workers it is called.
 */
export async function makeDigests(deps: DigestDeps): Promise<void> {
  for (const id of await everyCompany(deps.jobsDb)) {
    try {
      await deps.jobsDb.transaction(id, (tx) => digestOfCompany(tx, deps));
    } catch (error) {
      deps.log.error({ err: error, companyId: id }, 'the digest of a company could not be made');
    }
  }
}

/** Of a week in which nothing happened nobody needs to read. */
function isEmpty({ tickets, payments, satisfaction }: Figures): boolean {
  const { opened, resolved, reopened, overdue, disputesOpened, disputesAnswered } = tickets;
  const acts = opened + resolved + reopened + overdue + disputesOpened + disputesAnswered;
  return acts === 0 && payments.length === 0 && satisfaction.asked === 0;
}
type Figures = Awaited<ReturnType<typeof weekFigures>>;

async function digestOfCompany(tx: Tx, deps: DigestDeps): Promise<void> {
  const now = deps.clock.now();
  const { settings, company } = await rulesOf(tx);
  const { timeZone } = company;
  const today = dayOf(now, timeZone);
  for (let back = daysCounted; back >= 0; back -= 1) {
    const day = daysAfter(today, -back);
    const [from, to] = [startOfDay(day, timeZone), startOfDay(daysAfter(day, 1), timeZone)];
    await countPaymentsOf(tx, { day, from, to });
  }
  const weekStart = daysAfter(mondayOf(today), -7);
  if (await digestExists(tx, weekStart)) return;
  const figures = await weekFigures(tx, {
    from: startOfDay(weekStart, timeZone),
    to: startOfDay(daysAfter(weekStart, 7), timeZone),
    before: startOfDay(daysAfter(weekStart, -7), timeZone),
    firstDay: weekStart,
    lastDay: daysAfter(weekStart, 6),
  });
  if (isEmpty(figures)) return;
  const sentAt = settings.digestEmails.length > 0 ? now : null;
  const isFirst = await insertDigest(tx, { weekStart, content: figures, generatedAt: now, sentAt });
  if (!isFirst) return;
  const mails = settings.digestEmails.map((address) =>
    mailOf(tx, deps, { address, weekStart, figures }),
  );
  await enqueueMessages(tx, deps, mails);
}

interface Mail {
  readonly address: string;
  readonly weekStart: string;
  readonly figures: Pick<Digest, 'tickets' | 'categories' | 'payments'>;
}

function mailOf(tx: Tx, deps: DigestDeps, { address, weekStart, figures }: Mail): NewMessage {
  const at = deps.clock.now();
  return {
    id: derivedId(tx.companyId, 'feedback.digest', weekStart, address),
    purpose: 'feedback',
    subjectId: derivedId(tx.companyId, 'feedback.digest', weekStart),
    recipientKey: derivedId(tx.companyId, 'feedback.mail', address),
    templateKey: 'feedback.digest',
    dueAt: at,
    expiresAt: new Date(at.getTime() + mailLifeMs),
    content: {
      routes: [{ via: 'email', to: { kind: 'email', address } }],
      variables: {
        week: `${weekStart} 至 ${daysAfter(weekStart, 6)}`,
        summary: summaryOf(figures),
      },
      link: `${deps.publicUrl}/console/feedback-digest?week=${weekStart}`,
      language: 'zh',
    },
  };
}

/** What somebody reads who opens nothing. */
export function summaryOf({ tickets, categories, payments }: Mail['figures']): string {
  const [first] = categories;
  const [abandoned] = payments.filter(({ left }) => left > 0);
  return [
    `新报事 ${tickets.opened} 件（上周 ${tickets.openedBefore} 件），解决 ${tickets.resolved} 件`,
    `超时未结 ${tickets.overdue} 件，账单异议 ${tickets.disputesOpened} 件`,
    first ? `最多的是“${first.label.zh}”${first.count} 件` : '',
    abandoned ? `放弃支付最多的是${abandoned.surface.zh}，${abandoned.left} 笔` : '',
  ]
    .filter((part) => part !== '')
    .join('；');
}
