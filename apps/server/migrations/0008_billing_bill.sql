-- Bill runs, bills and the hold that a payment has on a bill. Locks nothing: new tables.
create schema billing;
grant usage on schema billing to wuye_app, wuye_jobs;

-- A run issues the bills of one community for one month. Its bills are visible when published.
create table billing.bill_run (
  company_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  month date not null,
  state text not null default 'draft',
  bill_count integer not null default 0,
  amount_fen bigint not null default 0,
  skipped_count integer not null default 0,
  created_at timestamptz not null,
  created_by text,
  published_at timestamptz,
  published_by text,
  voided_at timestamptz,
  voided_by text,
  void_reason text,
  constraint bill_run_pkey primary key (company_id, id),
  constraint bill_run_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint bill_run_state_known check (state in ('draft', 'published', 'voided')),
  constraint bill_run_month_first check (extract(day from month) = 1)
);
select platform.distribute('billing.bill_run');
create index bill_run_list_idx on billing.bill_run (company_id, community_id, month);

-- A bill keeps the inputs that explain it. What is owed = amount − paid − waived.
create table billing.bill (
  company_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  community_id uuid not null,
  unit_id uuid not null,
  fee_item_id uuid not null,
  tariff_id uuid not null,
  month date not null,
  period_start date not null,
  period_end date not null,
  due_on date not null,
  amount_fen bigint not null,
  paid_fen bigint not null default 0,
  waived_fen bigint not null default 0,
  area_m2 numeric(12, 4),
  price numeric(18, 6) not null,
  surcharge numeric(18, 6) not null,
  months integer not null,
  rounding text not null,
  state text not null default 'issued',
  constraint bill_pkey primary key (company_id, id),
  constraint bill_run_fkey foreign key (company_id, run_id) references billing.bill_run (company_id, id),
  constraint bill_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint bill_amount_positive check (amount_fen > 0),
  constraint bill_never_over check (paid_fen >= 0 and waived_fen >= 0 and paid_fen + waived_fen <= amount_fen),
  constraint bill_state_known check (state in ('issued', 'void')),
  constraint bill_void_unpaid check (state <> 'void' or paid_fen = 0)
);
select platform.distribute('billing.bill');
-- One bill a unit, fee item and period, however often a run is repeated.
create unique index bill_once_key on billing.bill (company_id, unit_id, fee_item_id, period_start)
  where state <> 'void';
-- The open bills of a unit, for the page behind the room code.
create index bill_open_idx on billing.bill (company_id, unit_id)
  where state = 'issued' and paid_fen + waived_fen < amount_fen;
-- The bills of a run, for publish, void and the list.
create index bill_run_idx on billing.bill (company_id, run_id);

-- Why a unit got no bill in a run.
create table billing.skipped_unit (
  company_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  unit_id uuid not null,
  fee_item_id uuid,
  reason text not null,
  constraint skipped_unit_pkey primary key (company_id, id),
  constraint skipped_unit_run_fkey foreign key (company_id, run_id) references billing.bill_run (company_id, id)
);
select platform.distribute('billing.skipped_unit');
create index skipped_unit_run_idx on billing.skipped_unit (company_id, run_id);

-- The payment that may settle a bill; `id` is the bill's. The lease's end triggers query and
-- close of the payment, never a silent release.
create table billing.hold (
  company_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  held_at timestamptz not null,
  lease_until timestamptz not null,
  constraint hold_pkey primary key (company_id, id),
  constraint hold_bill_fkey foreign key (company_id, id) references billing.bill (company_id, id)
);
select platform.distribute('billing.hold');
create index hold_payment_idx on billing.hold (company_id, payment_id);

create view billing.pub_bill with (security_invoker = true) as
  select b.company_id, b.id, b.run_id, b.community_id, b.unit_id, b.fee_item_id, b.month,
    b.period_start, b.period_end, b.due_on, b.amount_fen, b.paid_fen, b.waived_fen, b.state
  from billing.bill as b
  join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
  where r.state = 'published';
grant select on billing.pub_bill to wuye_app, wuye_jobs;
