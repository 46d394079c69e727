-- Payers who agreed to be debited (委托代扣, 周期扣款), as the channels told it. Locks nothing: a new
-- table.
create table channels.mandate (
  company_id uuid not null,
  id uuid not null,
  merchant_account_id uuid not null,
  mandate_no text not null,
  channel_mandate_no text,
  state text not null default 'requested',
  payer_open_id text,
  limit_fen bigint not null,
  requested_at timestamptz not null,
  signed_at timestamptz,
  ended_at timestamptz,
  constraint mandate_pkey primary key (company_id, id),
  constraint mandate_account_fkey foreign key (company_id, merchant_account_id) references channels.merchant_account (company_id, id),
  constraint mandate_no_key unique (company_id, merchant_account_id, mandate_no),
  constraint mandate_no_form check (mandate_no ~ '^[0-9a-zA-Z]{6,32}$'),
  constraint mandate_state_known check (state in ('requested', 'active', 'ended')),
  constraint mandate_limit_positive check (limit_fen > 0),
  constraint mandate_signed_when check (state <> 'active' or (signed_at is not null and channel_mandate_no is not null)),
  constraint mandate_ended_when check ((state = 'ended') = (ended_at is not null))
);
select platform.distribute('channels.mandate');
