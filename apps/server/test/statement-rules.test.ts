import { expect, test } from 'vitest';
import { brokenRules } from './statement-rules.ts';

const company = new Set(['billing.bill', 'billing.hold', 'identity.company', 'ledger.account']);

test.each([
  ['names the company', 'select * from billing.bill where id = $1'],
  ['names the company', 'update billing.bill set paid_fen = $1 where id = $2'],
  ['names the company', 'delete from billing.hold where lease_until < $1'],
  [
    'joins company tables',
    'select 1 from billing.bill as b join billing.hold as h on h.id = b.id where b.company_id = $1',
  ],
  [
    'reads arrays',
    'insert into billing.hold (company_id, id) select $1, x.id from unnest($2::uuid[]) as x (id)',
  ],
  [
    'says company_id for every table',
    `select 1 from billing.bill where company_id = $1 and exists (
      select from billing.hold where id = $2)`,
  ],
  ['takes time', 'update billing.hold set held_at = now() where company_id = $1 and id = $2'],
  [
    'takes time',
    `insert into billing.hold (company_id, id)
      select company_id, gen_random_uuid() from billing.bill where company_id = $1`,
  ],
  ['never assigns', 'update billing.bill set company_id = $1 where company_id = $2'],
  ['locks rows', 'select id from billing.bill where company_id = $1 and paid_fen = 0 for update'],
  ['locks rows', 'select id from billing.bill where id = $1 for update'],
  ['has no rollup', 'select sum(1) from billing.bill where company_id = $1 group by rollup (id)'],
  ['sets no session', `select pg_advisory_lock(1) from billing.bill where company_id = $1`],
])('the rule "%s" refuses: %s', (rule, statement) => {
  expect(brokenRules(statement, { company }).join()).toContain(rule);
});

test.each([
  'select * from billing.bill where company_id = $1 and id = $2 for update',
  'select id from billing.bill where company_id = $1 and paid_fen = 0 order by id for update',
  'insert into billing.hold (company_id, id, held_at) values ($1, $2, $3) on conflict do nothing',
  `insert into ledger.account (company_id, id)
    select company.id, x.id from identity.company as company
    cross join unnest($1::uuid[]) as x (id) where company.id = $2`,
  `select b.id from billing.bill as b join billing.hold as h on h.company_id = b.company_id
    and h.id = b.id where b.company_id = $1`,
  'select short_code from identity.company where id = $1',
  'select login_name from identity.login_name where login_name = $1',
])('accepted: %s', (statement) => {
  expect(brokenRules(statement, { company })).toEqual([]);
});
