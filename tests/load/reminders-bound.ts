import type pg from 'pg';
import { prepareForBulk } from '../../apps/server/src/modules/billing/store/draft-store.ts';
import type { Database } from '../../apps/server/src/platform/database/index.ts';
import { scene } from './reminders-seed.ts';

/**
 * The bounds write the same rows again into the same tables: same role, indexes, foreign keys and
 * row-level security, but by plain `insert … select` and `update … from`, with nothing to decide.
 */
export async function boundOfPlanning(owner: pg.Client, db: Database): Promise<number> {
  await keep(owner, 'planned', 'reminders.reminder');
  await owner.query('truncate reminders.reminder cascade');
  const { rows } = await owner.query<{ id: string }>('select id from estate.community order by id');
  return await timed(owner, async () => {
    for (const { id } of rows) {
      await inBulk(db, [
        `insert into reminders.reminder select * from bench.planned where community_id = '${id}'`,
      ]);
    }
  });
}

export async function boundOfQueueing(owner: pg.Client, db: Database): Promise<number> {
  await keep(owner, 'message', 'messaging.message');
  await owner.query('truncate messaging.message cascade');
  await owner.query(`update reminders.reminder set state = 'planned'`);
  await owner.query('vacuum reminders.reminder');
  return await timed(owner, () =>
    inBulk(db, [
      'insert into messaging.message select * from bench.message',
      `update reminders.reminder set state = 'queued' where company_id = '${scene.companyId}'`,
    ]),
  );
}

/** What is to be released, before anything is. */
export async function keepQueued(owner: pg.Client): Promise<void> {
  await owner.query(`create table bench.queued as select m.* from messaging.message as m
    where m.due_at <= to_timestamp(${scene.startsAt / 1000})`);
  await owner.query(`create table bench.queued_reminder as select r.* from reminders.reminder as r
    where r.due_at <= to_timestamp(${scene.startsAt / 1000})`);
}

export async function boundOfRelease(owner: pg.Client, db: Database): Promise<number> {
  await owner.query(`create table bench.sent as select m.* from messaging.message as m
    join bench.queued using (company_id, id)`);
  await owner.query(`create table bench.sent_reminder as select r.* from reminders.reminder as r
    join bench.queued_reminder using (company_id, id)`);
  for (const [name, table] of [
    ['attempt', 'messaging.attempt'],
    ['recipient', 'messaging.recipient'],
    ['notice', 'reminders.notice'],
  ] as const) {
    await keep(owner, name, table);
  }
  await owner.query('truncate messaging.message, messaging.recipient, reminders.reminder cascade');
  await owner.query('insert into reminders.reminder select * from bench.queued_reminder');
  await owner.query('insert into messaging.message select * from bench.queued');
  await owner.query('vacuum analyze');
  return await timed(owner, () =>
    inBulk(db, [
      'insert into messaging.recipient select * from bench.recipient',
      'insert into reminders.notice select * from bench.notice',
      `update messaging.message as m set state = b.state, attempts = b.attempts, via = b.via,
        account_id = b.account_id, to_masked = b.to_masked, language = b.language,
        released_at = b.released_at, accepted_at = b.accepted_at, ended_at = b.ended_at
        from bench.sent as b where m.company_id = b.company_id and m.id = b.id`,
      'insert into messaging.attempt select * from bench.attempt',
      `update reminders.reminder as r set state = b.state, released_fen = b.released_fen,
        released_at = b.released_at
        from bench.sent_reminder as b where r.company_id = b.company_id and r.id = b.id`,
    ]),
  );
}

async function keep(owner: pg.Client, name: string, table: string): Promise<void> {
  await owner.query(`create table bench.${name} as table ${table}`);
  await owner.query(`analyze bench.${name}`);
}

async function inBulk(db: Database, statements: readonly string[]): Promise<void> {
  await db.transaction(scene.companyId, async (tx) => {
    await prepareForBulk(tx);
    for (const statement of statements) await tx.client.query(statement);
  });
}

async function timed(owner: pg.Client, work: () => Promise<void>): Promise<number> {
  await owner.query('grant select on all tables in schema bench to wuye_app');
  await owner.query('checkpoint');
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
