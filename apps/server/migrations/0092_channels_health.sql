-- Health of merchant accounts: counts of calls by minute, and the circuit of each account. Locks
-- nothing but, for a moment, channels.message, for the index.

-- Calls of one verb in a minute. `sick`: no clear answer, or a refusal that every order would get;
-- `refused`: a refusal of one order, which says nothing of the account. `ms_…`: how many answers
-- took at most so many milliseconds, each in one column only.
create table channels.health_minute (
  company_id uuid not null,
  merchant_account_id uuid not null,
  minute timestamptz not null,
  verb text not null,
  good integer not null,
  refused integer not null,
  sick integer not null,
  ms_100 integer not null,
  ms_250 integer not null,
  ms_500 integer not null,
  ms_1000 integer not null,
  ms_2500 integer not null,
  ms_5000 integer not null,
  ms_more integer not null,
  constraint health_minute_pkey primary key (company_id, merchant_account_id, minute, verb),
  constraint health_minute_account_fkey foreign key (company_id, merchant_account_id) references channels.merchant_account (company_id, id),
  constraint health_minute_verb_known check (verb in ('prepay', 'query'))
);
select platform.distribute('channels.health_minute');

-- `id` is the merchant account's. No row: closed, and never anything else. `retry_at`: when an open
-- circuit is probed; `trial_at`: when a half-open one last let an attempt through.
create table channels.circuit (
  company_id uuid not null,
  id uuid not null,
  state text not null,
  since timestamptz not null,
  reason text not null,
  openings integer not null,
  retry_at timestamptz,
  trial_at timestamptz,
  constraint circuit_pkey primary key (company_id, id),
  constraint circuit_account_fkey foreign key (company_id, id) references channels.merchant_account (company_id, id),
  constraint circuit_state_known check (state in ('closed', 'open', 'half-open')),
  constraint circuit_retry_known check ((state = 'open') = (retry_at is not null))
);
select platform.distribute('channels.circuit');
-- Finds the circuits that are to be probed, of every company.
create index circuit_due_idx on channels.circuit (retry_at) where state = 'open';

-- What went wrong lately at an account; its size follows the failures.
create index message_trouble_idx on channels.message (company_id, merchant_account_id, sent_at)
  where outcome <> 'verified';
