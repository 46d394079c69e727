import type pg from 'pg';
import { account } from '../../apps/server/src/modules/ledger/index.ts';
import { derivedId } from '../../apps/server/src/platform/id.ts';

/** One company; its payments are as `startPayment` leaves them when the channel has accepted. */
export const scene = {
  companyId: '00000000-0000-7000-8000-000000000001',
  communityId: '00000000-0000-7000-8000-000000000002',
  runId: '00000000-0000-7000-8000-000000000003',
  shortCode: 'bench',
  /** The first is the hot one; the others share the payments of the run that spreads them. */
  accounts: 9,
  feeItemId: (number: number) => derivedId('bench fee item', String(number)),
} as const;

export interface SeededAccount {
  readonly id: string;
  readonly number: number;
  readonly mchId: string;
  readonly appId: string;
}

/** Orders 1 to `hot` are of the first account and fee item; then come `spread` of the others. */
export interface Orders {
  readonly hot: number;
  readonly spread: number;
}

export async function seedCompany(owner: pg.Client): Promise<void> {
  const { companyId, communityId, shortCode } = scene;
  await owner.query(
    `insert into identity.company (id, short_code, name, created_at)
    values ($1, $2, '大型物业', now())`,
    [companyId, shortCode],
  );
  await owner.query('insert into identity.company_code (short_code, company_id) values ($1, $2)', [
    shortCode,
    companyId,
  ]);
  await owner.query(
    `insert into estate.community (company_id, id, name, created_at)
    values ($1, $2, '万户新城', now())`,
    [companyId, communityId],
  );
}

/**
 * Bills, payments, orders and holds without firing foreign keys: the rows are right by
 * construction. Ids sort by time, as those of payments that began one after the other do.
 */
export async function seedOrders(
  owner: pg.Client,
  accounts: readonly SeededAccount[],
  orders: Orders,
): Promise<void> {
  await owner.query('set session_replication_role = replica');
  await owner.query(`create schema bench;
    grant usage on schema bench to wuye_app;
    create table bench.account (number integer primary key, id uuid, mch_id text, app_id text,
      fee_item_id uuid, debit_id uuid, credit_id uuid)`);
  for (const { id, number, mchId, appId } of accounts) {
    const feeItemId = scene.feeItemId(number);
    const idOf = (code: string) => derivedId(scene.companyId, code);
    const credit = account.receivable(scene.communityId, feeItemId);
    await owner.query('insert into bench.account values ($1, $2, $3, $4, $5, $6, $7)', [
      ...[number, id, mchId, appId, feeItemId, idOf(account.channel(id)), idOf(credit)],
    ]);
  }
  for (const statement of statementsOf(orders)) await owner.query(statement);
  await owner.query('set session_replication_role = origin');
}

function statementsOf({ hot, spread }: Orders): string[] {
  const company = `'${scene.companyId}'::uuid`;
  const community = `'${scene.communityId}'::uuid`;
  const id = (kind: string) => `platform.derived_id(1790000000000 + n, '${kind} ' || n)`;
  const others = scene.accounts - 1;
  return [
    `create table bench.orders as
      select n, '${scene.shortCode}' || lpad(n::text, 25, '0') as order_no,
        '42000' || lpad(n::text, 23, '0') as trade_no, a.number as account_no,
        a.id as merchant_account_id, a.fee_item_id, a.debit_id, a.credit_id,
        10000 + n * 37 % 50000 as amount_fen,
        'wechat-pay:' || a.id || ':42000' || lpad(n::text, 23, '0') as key,
        gen_random_uuid() as proof_id, gen_random_uuid() as key_id,
        ${id('unit')} as unit_id, ${id('bill')} as bill_id, ${id('payment')} as payment_id,
        ${id('attempt')} as attempt_id, a.mch_id, a.app_id, null::text as body
      from generate_series(1, ${hot + spread}) as n
      join bench.account as a
        on a.number = case when n <= ${hot} then 1 else 2 + n % ${others} end`,
    `update bench.orders set body = json_build_object('mchid', mch_id, 'appid', app_id,
        'out_trade_no', order_no, 'transaction_id', trade_no, 'trade_type', 'JSAPI',
        'trade_state', 'SUCCESS', 'trade_state_desc', '支付成功', 'bank_type', 'OTHERS',
        'attach', '', 'success_time', to_char(now() at time zone 'Asia/Shanghai',
          'YYYY-MM-DD"T"HH24:MI:SS"+08:00"'),
        'payer', json_build_object('openid', 'oUpF8uMuAJO_M2pxb1Q9zNjWe' || lpad(n::text, 6, '0')),
        'amount', json_build_object('total', amount_fen, 'payer_total', amount_fen,
          'currency', 'CNY', 'payer_currency', 'CNY'))::text`,
    'alter table bench.orders add primary key (n)',
    'create unique index on bench.orders (order_no)',
    'grant select on bench.orders to wuye_app',
    `insert into charging.fee_item (company_id, id, name, created_at)
      select ${company}, fee_item_id, '物业费' || number, now() from bench.account`,
    // As the ledger makes them; the payments of the copy for pgbench need them too.
    `insert into ledger.account (company_id, id, code, kind, normal_side, created_at)
      select ${company}, debit_id, 'channel:' || id, 'channel', 'debit', now() from bench.account`,
    `insert into estate.building (company_id, id, community_id, name, created_at)
      values (${company}, ${company}, ${community}, '1栋', now())`,
    `insert into estate.unit (company_id, id, community_id, building_id, entrance, floor, door_no,
        kind, label, sort_key, moved_in_on, created_at, updated_at)
      select ${company}, unit_id, ${community}, ${company}, '1单元', '1', n::text, 'home',
        '1栋1单元' || n, lpad(n::text, 8, '0'), '2020-01-01', now(), now()
      from bench.orders`,
    `insert into billing.bill_run (company_id, id, community_id, month, state, created_at,
        published_at)
      values (${company}, '${scene.runId}', ${community}, '2026-11-01', 'published', now(), now())`,
    `insert into billing.bill (company_id, id, run_id, community_id, unit_id, fee_item_id,
        tariff_id, month, period_start, period_end, due_on, amount_fen, area_m2, price, surcharge,
        months, rounding)
      select ${company}, bill_id, '${scene.runId}', ${community}, unit_id, fee_item_id, fee_item_id,
        '2026-11-01', '2026-11-01', '2026-11-30', '2026-11-25', amount_fen, amount_fen / 285.0,
        2.85, 0, 1, 'half-up fen period' from bench.orders`,
    `insert into billing.hold (company_id, id, payment_id, held_at, lease_until)
      select ${company}, bill_id, payment_id, now(), now() + interval '5 minutes'
      from bench.orders`,
    `insert into payment.payment (company_id, id, community_id, unit_id, source, channel,
        merchant_account_id, payer_key, amount_fen, created_at, expires_at)
      select ${company}, payment_id, ${community}, unit_id, 'cashier', 'wechat-pay',
        merchant_account_id, encode(sha256(n::text::bytea), 'hex'), amount_fen, now(),
        now() + interval '5 minutes' from bench.orders`,
    `insert into payment.allocation (company_id, id, payment_id, bill_id, fee_item_id, amount_fen)
      select ${company}, ${id('line')}, payment_id, bill_id, fee_item_id, amount_fen
      from bench.orders`,
    // The sweep would ask after 5 s; its questions are not what is measured here.
    `insert into payment.attempt (company_id, id, payment_id, order_no, channel, product,
        merchant_account_id, state, amount_fen, description, payer_open_id, instructions,
        requested_at, expires_at, next_check_at)
      select ${company}, attempt_id, payment_id, order_no, 'wechat-pay', 'jsapi',
        merchant_account_id, 'pending', amount_fen, '万户新城 1栋1单元' || n || ' 物业费',
        'oUpF8uMuAJO_M2pxb1Q9zNjWe' || lpad(n::text, 6, '0'),
        jsonb_build_object('kind', 'jsapi', 'params', jsonb_build_object('appId', app_id,
          'timeStamp', '1790000000', 'nonceStr', md5(n::text), 'signType', 'RSA',
          'package', 'prepay_id=wx' || md5(n::text), 'paySign', repeat(md5(n::text), 10))),
        now(), now() + interval '5 minutes', now() + interval '1 day' from bench.orders`,
    ...[
      "attempt_id, 'requested', 'pending', 'accepted', 'wechat-pay'",
      "attempt_id, null, 'requested', 'opened', 'cashier'",
      "null::uuid, null, 'open', 'opened', 'cashier'",
    ].map(
      (change, index) => `insert into payment.state_change (company_id, id, payment_id, attempt_id,
          from_state, to_state, reason, actor, at)
        select ${company}, ${id(`change ${index}`)}, payment_id, ${change}, now()
        from bench.orders`,
    ),
  ];
}

/** What each fee item was issued with, for the posting that publishing the bills makes. */
export async function issuedByFeeItem(
  owner: pg.Client,
): Promise<{ feeItemId: string; amountFen: number }[]> {
  const { rows } = await owner.query<{ fee_item_id: string; fen: string }>(
    'select fee_item_id, sum(amount_fen) as fen from bench.orders group by 1 order by 1',
  );
  return rows.map((row) => ({ feeItemId: row.fee_item_id, amountFen: Number(row.fen) }));
}
