-- Money paid ahead (预存): what each unit has, every change of it, and how a company uses it.
-- Locks ledger.account for a moment; it has a few rows a community.
create schema prepayment;
grant usage on schema prepayment to wuye_app, wuye_jobs;

-- `id` is the unit's. Of the balance, `reserved_fen` is promised to refunds and settles no bill.
-- `uses_itself`: new bills are settled out of it in the transaction that publishes them.
create table prepayment.balance (
  company_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  balance_fen bigint not null default 0,
  reserved_fen bigint not null default 0,
  uses_itself boolean not null default true,
  changed_at timestamptz,
  constraint balance_pkey primary key (company_id, id),
  constraint balance_unit_fkey foreign key (company_id, id) references estate.unit (company_id, id),
  constraint balance_never_negative check (balance_fen >= 0),
  constraint balance_reserved_within check (reserved_fen between 0 and balance_fen)
);
select platform.distribute('prepayment.balance');
-- Units that have something: of a community when bills are published, and the console's list.
create index balance_community_idx on prepayment.balance (company_id, community_id, id)
  where balance_fen > 0;
create index balance_list_idx on prepayment.balance (company_id, balance_fen, id)
  where balance_fen > 0;

-- Every change of a balance, by age. `source_id`: the payment, the run or the use behind it, whose
-- posting has a key of its own, so that a fact moves a balance once.
create table prepayment.movement (
  company_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  kind text not null,
  amount_fen bigint not null,
  balance_after_fen bigint not null,
  source_id uuid not null,
  bill_id uuid,
  payment_id uuid,
  reason text not null,
  actor text not null,
  at timestamptz not null,
  constraint movement_pkey primary key (company_id, id),
  constraint movement_balance_fkey foreign key (company_id, unit_id) references prepayment.balance (company_id, id),
  constraint movement_kind_known check (kind in ('top-up', 'use', 'return', 'refund')),
  constraint movement_kind_signed check (
    amount_fen <> 0 and (kind in ('top-up', 'return')) = (amount_fen > 0)),
  constraint movement_bill_named check ((kind in ('use', 'return')) = (bill_id is not null)),
  constraint movement_never_negative check (balance_after_fen >= 0)
);
select platform.distribute('prepayment.movement');
select platform.append_only('prepayment.movement');
create index movement_unit_idx on prepayment.movement (company_id, unit_id, id);
create index movement_bill_idx on prepayment.movement (company_id, bill_id)
  where bill_id is not null;

-- `id` is the company's; without a row, what stands here as default. `allows_part`: residents may
-- pay a bill in part. A ceiling is what somebody found in the rules of their place, and warns.
create table prepayment.setting (
  company_id uuid not null,
  id uuid not null,
  short_balance text not null default 'part',
  allows_part boolean not null default true,
  ceiling_months integer,
  ceiling_source text,
  changed_at timestamptz not null,
  constraint setting_pkey primary key (company_id, id),
  constraint setting_short_balance_known check (short_balance in ('part', 'wait')),
  constraint setting_ceiling_whole check ((ceiling_months is null) = (ceiling_source is null)
    and ceiling_months between 1 and 60)
);
select platform.distribute('prepayment.setting');

create view prepayment.pub_balance with (security_invoker = true) as
  select company_id, id as unit_id, balance_fen, balance_fen - reserved_fen as free_fen,
    uses_itself, community_id
  from prepayment.balance;
create view prepayment.pub_movement with (security_invoker = true) as
  select company_id, id, unit_id, kind, amount_fen, balance_after_fen, source_id, bill_id,
    payment_id, reason, actor, at
  from prepayment.movement;
grant select on prepayment.pub_balance, prepayment.pub_movement to wuye_app, wuye_jobs;

alter table ledger.account drop constraint account_kind_listed;
alter table ledger.account add constraint account_kind_of check (
  kind in ('receivable', 'revenue', 'deposit', 'agency', 'channel', 'cash', 'cheque', 'pos', 'bank',
    'prepayment', 'suspense'));

update identity.role set permissions = permissions || array['prepayment.write']
where name_en in ('Administrator', 'Finance') and not ('prepayment.write' = any (permissions));
