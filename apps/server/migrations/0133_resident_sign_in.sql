-- Signing in to the resident app: codes sent to a phone or an address, counts of attempts, login
-- states of wallets, devices for pushes, e-mail. Locks resident.account for a moment.
alter table resident.account add column email_cipher bytea;
alter table resident.account add column email_masked text;
alter table resident.account add column email_verified_at timestamptz;
alter table resident.account add column closed_at timestamptz;
alter table resident.account add constraint account_email_whole check (
  (email_cipher is null) = (email_masked is null)
  and (email_cipher is null) = (email_verified_at is null));
alter table resident.account add constraint account_closed_erased check (
  (state = 'closed') = (closed_at is not null)
  and (state = 'active' or (display_name is null and phone_cipher is null and email_cipher is null)));
-- The newest first, for the console.
create index account_newest_idx on resident.account (company_id, created_at desc, id desc);
-- Search by the last four digits, which the mask shows.
create index account_phone_end_idx on resident.account (company_id, right(phone_masked, 4));

-- A code that was sent, by its blind index: the digits are written nowhere. `proved_at` uses it up;
-- what was proved may then be spent once on another step (`spent_at`).
create table resident.code (
  company_id uuid not null,
  id uuid not null,
  kind text not null,
  -- Whose phone or address this is to become; null: whoever has it signs in.
  account_id uuid,
  to_cipher bytea not null,
  to_index bytea not null,
  to_masked text not null,
  code_index bytea not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  proved_at timestamptz,
  spent_at timestamptz,
  constraint code_pkey primary key (company_id, id),
  constraint code_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint code_kind_known check (kind in ('phone', 'email')),
  constraint code_tries_bounded check (tries between 0 and 5),
  constraint code_spent_after_proof check (spent_at is null or proved_at is not null)
);
select platform.distribute('resident.code');
-- Old codes are deleted.
create index code_age_idx on resident.code using brin (created_at);

-- How often somebody tried something in a window of time: a phone, an address, a home, an account.
-- `id` is derived from kind and key, and the key itself is not kept.
create table resident.guard (
  company_id uuid not null,
  id uuid not null,
  kind text not null,
  attempts integer not null,
  window_ends_at timestamptz not null,
  constraint guard_pkey primary key (company_id, id),
  constraint guard_company_fkey foreign key (company_id) references identity.company (id),
  constraint guard_counts check (attempts > 0)
);
select platform.distribute('resident.guard');
-- Windows that are over are deleted.
create index guard_age_idx on resident.guard using brin (window_ends_at);

-- Login states that came back from a wallet, so that each is good once.
create table resident.used_login (
  company_id uuid not null,
  id uuid not null,
  used_at timestamptz not null,
  constraint used_login_pkey primary key (company_id, id),
  constraint used_login_company_fkey foreign key (company_id) references identity.company (id)
);
select platform.distribute('resident.used_login');
create index used_login_age_idx on resident.used_login using brin (used_at);

-- Where pushes go. A device is its newest account's.
create table resident.device (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  provider text not null,
  token text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  constraint device_pkey primary key (company_id, id),
  constraint device_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint device_token_key unique (company_id, provider, token),
  constraint device_provider_known check (provider in ('jpush', 'getui'))
);
select platform.distribute('resident.device');
create index device_account_idx on resident.device (company_id, account_id);
