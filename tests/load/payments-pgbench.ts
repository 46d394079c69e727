import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { scene } from './payments-seed.ts';

/**
 * The bound: one stored function that writes the rows of one confirmed payment in one
 * transaction, as the application's role under row-level security. It verifies and decides
 * nothing; keys and account ids are given.
 */
export async function createBound(owner: pg.Client): Promise<void> {
  await owner.query(`
    create table bench.floor (a bigint, b bigint, c timestamptz, d text);
    grant insert on bench.floor to wuye_app;
    create function bench.confirm(wanted bigint) returns void language plpgsql as $body$
    declare
      company constant uuid := '${scene.companyId}';
      o bench.orders;
      at constant timestamptz := clock_timestamp();
      posting constant uuid := uuidv7();
    begin
      perform set_config('app.company_id', company::text, true);
      select * into strict o from bench.orders where n = wanted;
      insert into payment.proof (company_id, day, id, source, channel, merchant_account_id,
          order_no, trade_no, key_id, amount_fen, currency, paid_at, body, received_at)
        values (company, (at at time zone 'UTC')::date, o.proof_id, 'notification', 'wechat-pay',
          o.merchant_account_id, o.order_no, o.trade_no, o.key_id, o.amount_fen, 'CNY', at,
          o.body, at);
      update payment.payment set state = 'paid', paid_at = at
        where company_id = company and id = o.payment_id and state = 'open';
      if not found then
        raise exception 'payment % is not open', wanted;
      end if;
      update payment.attempt set state = 'paid', ended_at = at, end_reason = 'notification',
          channel_trade_no = o.trade_no, next_check_at = null
        where company_id = company and order_no = o.order_no and state in ('requested', 'pending');
      update billing.bill set paid_fen = paid_fen + o.amount_fen
        where company_id = company and id = o.bill_id;
      delete from billing.hold where company_id = company and payment_id = o.payment_id;
      update payment.allocation set settled_fen = o.amount_fen
        where company_id = company and payment_id = o.payment_id;
      insert into payment.proof_key (company_id, id, key, outcome, amount_fen, payment_id,
          booked_at)
        values (company, o.key_id, o.key, 'settled', o.amount_fen, o.payment_id, at);
      insert into ledger.posting (company_id, id, key, kind, source_id, posted_at)
        values (company, posting, 'payment.collect:' || o.key, 'payment.collect', o.payment_id, at);
      insert into ledger.transfer (company_id, day, id, posting_id, debit_account_id,
          credit_account_id, amount_fen, posted_at)
        values (company, (at at time zone 'Asia/Shanghai')::date, uuidv7(), posting, o.debit_id,
          o.credit_id, o.amount_fen, at);
      insert into payment.state_change (company_id, id, payment_id, attempt_id, from_state,
          to_state, reason, actor, at)
        values (company, uuidv7(), o.payment_id, null, 'open', 'paid', 'notification',
            'wechat-pay', at),
          (company, uuidv7(), o.payment_id, o.attempt_id, 'pending', 'paid', 'notification',
            'wechat-pay', at);
      insert into platform.outbox (company_id, id, topic, payload, created_at, due_at)
        values (company, uuidv7(), 'payment.paid',
          jsonb_build_object('paymentId', o.payment_id), at, at);
    end
    $body$`);
}

export interface PgbenchRun {
  readonly clients: number;
  readonly perClient: number;
  /** Absent: the floor, one row inserted and committed. */
  readonly first?: number;
}

export interface Pgbench {
  /** @returns transactions a second */
  run(run: PgbenchRun): Promise<number>;
}

/** @throws Error when PostgreSQL's own load generator is not installed */
export async function openPgbench(options: {
  readonly socketDir: string;
  readonly database: string;
  readonly workDir: string;
}): Promise<Pgbench> {
  await call(['--version']).catch((error: unknown) => {
    const hint =
      'pgbench is not on the PATH; this bench compares with it (Debian: postgresql-contrib or postgresql-client)';
    throw new Error(hint, { cause: error });
  });
  const confirm = join(options.workDir, 'confirm.sql');
  const floor = join(options.workDir, 'floor.sql');
  writeFileSync(
    confirm,
    '\\set i :i + 1\n' + '\\set n :first + :client_id * :per + :i\nselect bench.confirm(:n);\n',
  );
  writeFileSync(floor, "insert into bench.floor values (1, :client_id, now(), 'one row');\n");
  return {
    async run({ clients, perClient, first }) {
      const output = await call([
        ...['-h', options.socketDir, '-U', 'wuye_app', '-n', '-M', 'prepared'],
        ...['-c', String(clients), '-j', String(Math.min(clients, 2)), '-t', String(perClient)],
        ...(first === undefined
          ? ['-f', floor]
          : ['-f', confirm, '-D', 'i=-1', '-D', `first=${first}`, '-D', `per=${perClient}`]),
        options.database,
      ]);
      const tps = /tps = ([\d.]+) \(without initial connection time\)/.exec(output)?.[1];
      if (tps === undefined || !/failed transactions: 0 /.test(output)) throw new Error(output);
      return Number(tps);
    },
  };
}

async function call(args: readonly string[]): Promise<string> {
  const child = spawn('pgbench', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`pgbench ended with ${String(code)}: ${output}`);
  return output;
}
