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
  constraint bill_run_month_first check (extract(day from month) = 1),
  constraint bill_run_void_reasoned check ((state = 'voided') = (void_reason is not null))
);
select platform.distribute('billing.bill_run');
create index bill_run_list_idx on billing.bill_run (company_id, community_id, month);
-- One draft a community and month: whoever drafts at the same time waits, then gets that draft.
create unique index bill_run_draft_key on billing.bill_run (company_id, community_id, month)
  where state = 'draft';

-- What a run bills of each fee item, so that runs are compared without reading their bills.
create table billing.run_total (
  company_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  fee_item_id uuid not null,
  bill_count integer not null,
  amount_fen bigint not null,
  constraint run_total_pkey primary key (company_id, id),
  constraint run_total_run_fkey foreign key (company_id, run_id) references billing.bill_run (company_id, id),
  constraint run_total_once_key unique (company_id, run_id, fee_item_id)
);
select platform.distribute('billing.run_total');

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
  -- 100 million yuan: no channel takes a larger order, so a larger amount is a typing error.
  constraint bill_amount_payable check (amount_fen between 1 and 10000000000),
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
  constraint skipped_unit_run_fkey foreign key (company_id, run_id) references billing.bill_run (company_id, id),
  constraint skipped_unit_reason_known check (reason in ('already_billed', 'no_area', 'no_tariff',
    'unit_retired', 'not_moved_in', 'zero_amount', 'amount_too_large', 'starts_later', 'ended',
    'not_assigned'))
);
select platform.distribute('billing.skipped_unit');
create index skipped_unit_run_idx on billing.skipped_unit (company_id, run_id, reason, id);

-- Bills of a draft that somebody should look at before it is published. `id` is the bill's.
create table billing.outlier (
  company_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  kind text not null,
  previous_fen bigint,
  constraint outlier_pkey primary key (company_id, id),
  constraint outlier_run_fkey foreign key (company_id, run_id) references billing.bill_run (company_id, id),
  constraint outlier_kind_known check (kind in ('rise', 'fall', 'largest'))
);
select platform.distribute('billing.outlier');
create index outlier_run_idx on billing.outlier (company_id, run_id);

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
