import { dayOf } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/index.ts';
import type { Notice, RefusalReason } from '../channel.ts';
import type { ChannelDeps } from '../open-account.ts';
import { countRefusals, insertRefusedNotice } from '../store/refused-notice-store.ts';

/** Pieces of evidence of one account in a minute; beyond, notices are only counted. */
const maxAMinute = 20;
/** And in 24 hours, over all processes: about 1 MB. */
const maxADay = 500;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Kept of a body and of all headers together. */
const maxBodyCharacters = 2048;
const maxHeaderCharacters = 200;
const maxHeaders = 16;
/** What a signature is made of, whatever the channel calls it; never cookies or credentials. */
const keptHeader =
  /^(?:[\w-]+-)?(?:signature|signature-type|sign|timestamp|nonce|serial|serial-no|algorithm)$/;
const alwaysKept = ['content-type', 'user-agent', 'request-id'];

interface Window {
  startedMs: number;
  seen: number;
  /** Refused since the counts were last written, by reason. */
  readonly uncounted: Map<RefusalReason, number>;
}

const windowsOf = new WeakMap<Database, Map<string, Window>>();

interface Refused extends Notice {
  readonly companyId: string;
  readonly merchantAccountId: string;
  readonly reason: RefusalReason;
  readonly remoteIp: string;
}

/**
 * Keeps what was refused, so that somebody can look at it, and counts it for the alarm; bounded
 * in size, per minute and per day, so that nobody fills the disk or busies the database.
 */
export async function keepEvidence(deps: ChannelDeps, refused: Refused): Promise<void> {
  const receivedAt = deps.clock.now();
  const window = windowOf(deps.db, refused.merchantAccountId, receivedAt);
  window.seen += 1;
  window.uncounted.set(refused.reason, (window.uncounted.get(refused.reason) ?? 0) + 1);
  if (window.seen > maxAMinute) return;
  const counts = [...window.uncounted];
  window.uncounted.clear();
  const { companyId, merchantAccountId, reason } = refused;
  deps.log.warn({ companyId, merchantAccountId, reason }, 'a notice was refused');
  await deps.db.transaction(companyId, async (tx) => {
    const day = dayOf(receivedAt, 'UTC');
    for (const [counted, times] of counts) {
      await countRefusals(tx, { merchantAccountId, day, reason: counted, times, at: receivedAt });
    }
    const since = new Date(receivedAt.getTime() - dayMs);
    await insertRefusedNotice(tx, evidenceOf(refused, receivedAt), { limit: maxADay, since });
  });
}

function windowOf(db: Database, merchantAccountId: string, now: Date): Window {
  const windows = windowsOf.get(db) ?? new Map<string, Window>();
  windowsOf.set(db, windows);
  const known = windows.get(merchantAccountId);
  const nowMs = now.getTime();
  if (known && Math.abs(nowMs - known.startedMs) < minuteMs) return known;
  // What the minute before only counted in memory is carried over and written with the next one.
  const fresh = { startedMs: nowMs, seen: 0, uncounted: known?.uncounted ?? new Map() };
  windows.set(merchantAccountId, fresh);
  return fresh;
}

function evidenceOf(refused: Refused, receivedAt: Date) {
  const headers = Object.entries(refused.headers)
    .filter(([name]) => keptHeader.test(name) || alwaysKept.includes(name))
    .slice(0, maxHeaders)
    .map(([name, value]) => [name, printable(String(value), maxHeaderCharacters)]);
  return {
    merchantAccountId: refused.merchantAccountId,
    reason: refused.reason,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: printable(
      refused.rawBody.subarray(0, maxBodyCharacters).toString('utf8'),
      maxBodyCharacters,
    ),
    remoteIp: refused.remoteIp.slice(0, 45),
    receivedAt,
  };
}

/** PostgreSQL's text cannot hold the character zero. */
function printable(text: string, most: number): string {
  return text.slice(0, most).replaceAll('\u0000', '\uFFFD');
}
