-- Autopay (代扣): what residents agreed to, the calendar of debits, and what became of them.
-- Locks payment.attempt for a moment: a column without a default; the rest is new.
create schema autopay;
grant usage on schema autopay to wuye_app, wuye_jobs;

-- When debits come, of the company (no community) or of one community. Without rows: the defaults.
-- The id follows from the community.
create table autopay.setting (
  company_id uuid not null,
  id uuid not null,
  community_id uuid,
  basis text not null,
  days integer not null,
  notice_days integer not null,
  retry_days integer[] not null,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint setting_pkey primary key (company_id, id),
  constraint setting_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint setting_basis_known check (basis in ('due', 'published')),
  constraint setting_notice_ahead check (notice_days between 1 and 10)
);
select platform.distribute('autopay.setting');

-- A resident agreed, or is asked to agree, to be debited through one merchant account.
-- signed_*: what was agreed to; limit_*: what holds now, never more. `check_at`: when the channel
-- is asked about it next, or asked to end it.
create table autopay.mandate (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  channel text not null,
  merchant_account_id uuid not null,
  mandate_no text not null,
  state text not null default 'requested',
  signed_debit_fen bigint not null,
  signed_month_fen bigint not null,
  limit_debit_fen bigint not null,
  limit_month_fen bigint not null,
  first_debit_on date not null,
  display_name text not null,
  return_url text not null,
  requested_at timestamptz not null,
  signed_at timestamptz,
  stopped_at timestamptz,
  stopped_by text,
  stop_note text,
  ended_at timestamptz,
  check_at timestamptz,
  checks integer not null default 0,
  plan_at timestamptz,
  constraint mandate_pkey primary key (company_id, id),
  constraint mandate_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint mandate_merchant_fkey foreign key (company_id, merchant_account_id) references channels.merchant_account (company_id, id),
  constraint mandate_no_key unique (company_id, mandate_no),
  constraint mandate_state_known check (state in ('requested', 'active', 'stopping', 'ended')),
  constraint mandate_limits_sane check (limit_debit_fen > 0 and limit_month_fen > 0
    and limit_debit_fen <= signed_debit_fen and limit_month_fen <= signed_month_fen),
  constraint mandate_stopped_by_known check (stopped_by in
    ('resident', 'staff', 'channel', 'home', 'replaced', 'unsigned')),
  constraint mandate_stopped_whole check ((state in ('stopping', 'ended')) = (stopped_at is not null)
    and (stopped_at is null) = (stopped_by is null)),
  constraint mandate_ended_when check ((state = 'ended') = (ended_at is not null)),
  constraint mandate_active_when check (state <> 'active' or signed_at is not null)
);
select platform.distribute('autopay.mandate');
create index mandate_resident_idx on autopay.mandate (company_id, account_id, id);
-- Channels to be asked about mandates, across companies.
create index mandate_check_idx on autopay.mandate (check_at) where check_at is not null;
-- Mandates whose calendar is to be looked at, across companies.
create index mandate_plan_idx on autopay.mandate (plan_at) where state = 'active';

-- Which fee items of which homes a mandate pays. A fee item of a home has one payer: while an
-- asked one waits for its signature it blocks nobody.
create table autopay.cover (
  company_id uuid not null,
  id uuid not null,
  mandate_id uuid not null,
  unit_id uuid not null,
  fee_item_id uuid not null,
  state text not null default 'asked',
  ended_at timestamptz,
  end_reason text,
  constraint cover_pkey primary key (company_id, id),
  constraint cover_mandate_fkey foreign key (company_id, mandate_id) references autopay.mandate (company_id, id),
  constraint cover_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint cover_fee_item_fkey foreign key (company_id, fee_item_id) references charging.fee_item (company_id, id),
  constraint cover_once_key unique (company_id, mandate_id, unit_id, fee_item_id),
  constraint cover_state_known check (state in ('asked', 'live', 'ended')),
  constraint cover_end_reason_known check (end_reason in ('mandate', 'home', 'taken')),
  constraint cover_ended_whole check ((state = 'ended') = (ended_at is not null)
    and (ended_at is null) = (end_reason is null))
);
select platform.distribute('autopay.cover');
create unique index cover_live_key on autopay.cover (company_id, unit_id, fee_item_id)
  where state = 'live';

-- A debit: planned, announced to the payer, then asked for at the channel. A retry is a debit of its
-- own with its own notice; `first_id` is the first of the row. A mandate has one open debit, because
-- a channel's notice is of one debit. `work_at`: when somebody has to look at it next.
create table autopay.debit (
  company_id uuid not null,
  id uuid not null,
  mandate_id uuid not null,
  first_id uuid not null,
  try_no integer not null default 1,
  debit_on date not null,
  amount_fen bigint not null,
  state text not null default 'planned',
  announce_at timestamptz not null,
  noticed_at timestamptz,
  channel_noticed_at timestamptz,
  payment_id uuid,
  charged_fen bigint,
  started_at timestamptz,
  ended_at timestamptz,
  end_code text,
  channel_code text,
  next_debit_on date,
  work_at timestamptz,
  claim_token uuid,
  claimed_until timestamptz,
  created_at timestamptz not null,
  constraint debit_pkey primary key (company_id, id),
  constraint debit_mandate_fkey foreign key (company_id, mandate_id) references autopay.mandate (company_id, id),
  constraint debit_payment_fkey foreign key (company_id, payment_id) references payment.payment (company_id, id),
  constraint debit_payment_key unique (company_id, payment_id),
  constraint debit_try_key unique (company_id, first_id, try_no),
  constraint debit_state_known check (state in
    ('planned', 'announced', 'started', 'paid', 'failed', 'skipped', 'dropped')),
  constraint debit_amount_positive check (amount_fen > 0),
  constraint debit_charged_within check (charged_fen > 0 and charged_fen <= amount_fen),
  constraint debit_announced_first check (state not in ('announced', 'started', 'paid')
    or (noticed_at is not null and channel_noticed_at is not null)),
  constraint debit_started_whole check ((payment_id is null) = (started_at is null)
    and (payment_id is null) = (charged_fen is null)),
  constraint debit_started_when check (state not in ('started', 'paid') or payment_id is not null),
  constraint debit_ended_when check ((state in ('planned', 'announced', 'started'))
    = (ended_at is null)),
  constraint debit_end_code_given check ((state in ('failed', 'dropped')) = (end_code is not null)),
  constraint debit_day_after_notice check (started_at is null
    or (started_at >= noticed_at + interval '24 hours'
      and started_at >= channel_noticed_at + interval '24 hours'))
);
select platform.distribute('autopay.debit');
create unique index debit_open_key on autopay.debit (company_id, mandate_id)
  where state in ('planned', 'announced', 'started');
create index debit_mandate_idx on autopay.debit (company_id, mandate_id, id);
create index debit_day_idx on autopay.debit (company_id, debit_on, id);
-- Debits with something to do, across companies.
create index debit_work_idx on autopay.debit (work_at) where work_at is not null;

-- What a debit is to settle. A bill is in one open debit, whoever planned it.
create table autopay.debit_bill (
  company_id uuid not null,
  id uuid not null,
  debit_id uuid not null,
  bill_id uuid not null,
  unit_id uuid not null,
  amount_fen bigint not null,
  is_open boolean not null default true,
  constraint debit_bill_pkey primary key (company_id, id),
  constraint debit_bill_debit_fkey foreign key (company_id, debit_id) references autopay.debit (company_id, id),
  constraint debit_bill_bill_fkey foreign key (company_id, bill_id) references billing.bill (company_id, id),
  constraint debit_bill_once_key unique (company_id, debit_id, bill_id),
  constraint debit_bill_amount_positive check (amount_fen > 0)
);
select platform.distribute('autopay.debit_bill');
create unique index debit_bill_open_key on autopay.debit_bill (company_id, bill_id) where is_open;
create index debit_bill_bill_idx on autopay.debit_bill (company_id, bill_id, debit_id);

-- Bills that a mandate covers and does not pay, told to the payer once. The id follows from mandate,
-- bill and reason.
create table autopay.left_out (
  company_id uuid not null,
  id uuid not null,
  mandate_id uuid not null,
  bill_id uuid not null,
  reason text not null,
  told_at timestamptz not null,
  constraint left_out_pkey primary key (company_id, id),
  constraint left_out_mandate_fkey foreign key (company_id, mandate_id) references autopay.mandate (company_id, id),
  constraint left_out_bill_fkey foreign key (company_id, bill_id) references billing.bill (company_id, id),
  constraint left_out_reason_known check (reason in ('over-debit-limit', 'over-month-limit'))
);
select platform.distribute('autopay.left_out');
create index left_out_mandate_idx on autopay.left_out (company_id, mandate_id, bill_id);

-- What happened, as the payer and staff read it.
create table autopay.log (
  company_id uuid not null,
  id uuid not null,
  mandate_id uuid not null,
  debit_id uuid,
  kind text not null,
  actor text not null,
  detail jsonb not null default '{}',
  at timestamptz not null,
  constraint log_pkey primary key (company_id, id),
  constraint log_mandate_fkey foreign key (company_id, mandate_id) references autopay.mandate (company_id, id),
  constraint log_debit_fkey foreign key (company_id, debit_id) references autopay.debit (company_id, id)
);
select platform.distribute('autopay.log');
select platform.append_only('autopay.log');
create index log_mandate_idx on autopay.log (company_id, mandate_id, id);

create view autopay.pub_mandate with (security_invoker = true) as
  select company_id, id, account_id, channel, merchant_account_id, state, signed_at, ended_at
  from autopay.mandate;
create view autopay.pub_debit with (security_invoker = true) as
  select company_id, id, mandate_id, first_id, try_no, debit_on, amount_fen, state, payment_id,
    end_code, ended_at
  from autopay.debit;
-- Bills that are going to be debited, or are being.
create view autopay.pub_planned_bill with (security_invoker = true) as
  select bill.company_id, bill.bill_id, bill.unit_id, bill.amount_fen, debit.id as debit_id,
    debit.debit_on, debit.state
  from autopay.debit_bill as bill
  join autopay.debit as debit on debit.company_id = bill.company_id and debit.id = bill.debit_id
  where bill.is_open;
grant select on autopay.pub_mandate, autopay.pub_debit, autopay.pub_planned_bill
  to wuye_app, wuye_jobs;

-- Why an order was refused or failed, in the channel's own code; and who may read it.
alter table payment.attempt add column failure_code text;
create view payment.pub_failure with (security_invoker = true) as
  select company_id, payment_id, state, end_reason, failure_code from payment.attempt;
grant select on payment.pub_failure to wuye_app, wuye_jobs;

-- When a run became bills.
create view billing.pub_published_run with (security_invoker = true) as
  select company_id, id, published_at from billing.bill_run where published_at is not null;
grant select on billing.pub_published_run to wuye_app, wuye_jobs;

-- Whether the payer's wallet still agrees.
create view channels.pub_mandate with (security_invoker = true) as
  select company_id, merchant_account_id, mandate_no, state, signed_at, ended_at
  from channels.mandate;
grant select on channels.pub_mandate to wuye_app, wuye_jobs;
