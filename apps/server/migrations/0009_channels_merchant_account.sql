-- Merchant accounts at the payment channels, their platform keys, every message exchanged, the
-- capped evidence of refused notices and their count. Locks nothing: new tables.
create schema channels;
grant usage on schema channels to wuye_app, wuye_jobs;

-- `number` is the account's short public number in notify URLs. Credentials are encrypted.
create table channels.merchant_account (
  company_id uuid not null,
  id uuid not null,
  number integer not null,
  channel text not null,
  name text not null,
  mch_id text not null,
  app_id text not null,
  base_url text not null,
  login_url text not null,
  authorize_url text not null,
  mode text not null default 'public-key',
  credentials_cipher bytea not null,
  state text not null default 'active',
  created_at timestamptz not null,
  constraint merchant_account_pkey primary key (company_id, id),
  constraint merchant_account_company_fkey foreign key (company_id) references identity.company (id),
  constraint merchant_account_number_key unique (company_id, number),
  constraint merchant_account_mch_key unique (company_id, channel, mch_id, app_id),
  constraint merchant_account_state_known check (state in ('active', 'disabled')),
  constraint merchant_account_mode_known check (mode in ('certificate', 'public-key'))
);
select platform.distribute('channels.merchant_account');

create table channels.platform_key (
  company_id uuid not null,
  id uuid not null,
  merchant_account_id uuid not null,
  serial text not null,
  kind text not null,
  public_key_pem text not null,
  valid_from timestamptz,
  valid_to timestamptz,
  created_at timestamptz not null,
  constraint platform_key_pkey primary key (company_id, id),
  constraint platform_key_account_fkey foreign key (company_id, merchant_account_id) references channels.merchant_account (company_id, id),
  constraint platform_key_serial_key unique (company_id, merchant_account_id, serial),
  constraint platform_key_kind_known check (kind in ('certificate', 'public-key'))
);
select platform.distribute('channels.platform_key');

-- Requests to the channel and their answers; secrets and personal data are masked.
create table channels.message (
  company_id uuid not null,
  day date not null,
  id uuid not null,
  merchant_account_id uuid not null,
  order_no text,
  verb text not null,
  request text,
  response text,
  status integer,
  outcome text not null,
  duration_ms integer not null,
  sent_at timestamptz not null,
  constraint message_pkey primary key (company_id, day, id)
) partition by range (day);
select platform.distribute('channels.message');
select platform.append_only('channels.message');
select platform.create_year('channels.message', 2025);
select platform.create_year('channels.message', 2026);
select platform.create_year('channels.message', 2027);
select platform.create_year('channels.message', 2028);
create index message_order_idx on channels.message (company_id, order_no, day);

-- Notices that were not authentic or not ours: evidence, capped in size and rate.
create table channels.refused_notice (
  company_id uuid not null,
  id uuid not null,
  merchant_account_id uuid not null,
  reason text not null,
  headers jsonb not null,
  body text not null,
  remote_ip text,
  received_at timestamptz not null,
  constraint refused_notice_pkey primary key (company_id, id)
);
select platform.distribute('channels.refused_notice');
create index refused_notice_time_idx
  on channels.refused_notice (company_id, merchant_account_id, received_at);

-- How many notices were refused, those without evidence too: the alarm reads it.
create table channels.refusal_count (
  company_id uuid not null,
  merchant_account_id uuid not null,
  day date not null,
  reason text not null,
  times bigint not null,
  last_at timestamptz not null,
  constraint refusal_count_pkey primary key (company_id, merchant_account_id, day, reason)
);
select platform.distribute('channels.refusal_count');

create view channels.pub_merchant_account with (security_invoker = true) as
  select company_id, id, number, channel, name, mch_id, app_id, state from channels.merchant_account;
create view channels.pub_message with (security_invoker = true) as
  select company_id, day, id, merchant_account_id, order_no, verb, status, outcome, duration_ms, sent_at
  from channels.message;
grant select on channels.pub_merchant_account, channels.pub_message to wuye_app, wuye_jobs;
