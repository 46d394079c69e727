import pg from 'pg';
import { type Database, sql } from './database/index.ts';
import type { Log } from './log.ts';

/** A hint that something happened; whoever gets it reads the facts from the database. */
export interface LiveHint {
  readonly companyId: string;
  readonly topic: string;
  readonly id: string;
}

/** Carries hints between processes. A lost hint costs a poll interval, never a fact. */
export interface Live {
  /** Call after the commit, never inside a transaction. */
  announce(hint: LiveHint): Promise<void>;
  /** @returns a function that ends the subscription */
  subscribe(companyId: string, listener: (hint: LiveHint) => void): () => void;
  close(): Promise<void>;
}

const channel = 'wuye_live';
const reconnectMs = 1000;

export async function connectLive(db: Database, url: string, log: Log): Promise<Live> {
  const listeners = new Map<string, Set<(hint: LiveHint) => void>>();
  let closed = false;
  let client: pg.Client | undefined;

  function deliver(payload: string): void {
    const [companyId = '', topic = '', id = ''] = payload.split(' ');
    for (const listener of listeners.get(companyId) ?? []) listener({ companyId, topic, id });
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'wuye-pay live' });
    next.on('notification', (message) => deliver(message.payload ?? ''));
    next.on('error', (error) => log.warn({ err: error }, 'the live connection broke'));
    next.on('end', () => {
      if (client === next) scheduleReconnect();
    });
    await next.connect();
    await next.query(`listen ${channel}`);
    client = next;
  }

  function scheduleReconnect(): void {
    if (closed) return;
    setTimeout(() => {
      connect().catch((error: unknown) => {
        log.warn({ err: error }, 'the live connection could not be made');
        scheduleReconnect();
      });
    }, reconnectMs).unref();
  }

  await connect();
  return {
    announce: announcer(db, log),
    subscribe(companyId, listener) {
      const set = listeners.get(companyId) ?? new Set();
      listeners.set(companyId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(companyId);
      };
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}

/** Hints that come while others are on their way travel together: a commit for each is dear. */
function announcer(db: Database, log: Log): Live['announce'] {
  let waiting: string[] = [];
  let sending: Promise<void> | undefined;
  async function sendWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const payloads = waiting;
      waiting = [];
      try {
        await notify(db, payloads);
      } catch (error) {
        log.warn({ err: error }, 'live hints were not sent; listeners will poll');
      }
    }
    sending = undefined;
  }
  return async ({ companyId, topic, id }) => {
    waiting.push(`${companyId} ${topic} ${id}`);
    sending ??= sendWaiting();
    await sending;
  };
}

/** Nobody waits for the disk: a hint that a crash loses costs a poll interval. */
async function notify(db: Database, payloads: readonly string[]): Promise<void> {
  await db.global.many(sql`
    select pg_notify(${channel}, payload)
    from (select set_config('synchronous_commit', 'off', true)) as unhurried
    cross join unnest(${payloads}::text[]) as payload`);
}
