-- Messages to residents: accounts at providers, templates, the queue, every attempt, receipts,
-- and what people want to hear. Locks nothing: new tables.
create schema messaging;
grant usage on schema messaging to wuye_app, wuye_jobs;

-- An account at a provider. `credentials` is sealed; `settings` holds what is no secret. Tried in
-- the order of `priority`. While `trouble_until` lies ahead, others of the same kind come first.
create table messaging.account (
  company_id uuid not null,
  id uuid not null,
  number integer not null,
  provider text not null,
  name text not null,
  app_id text not null default '',
  settings jsonb not null default '{}',
  endpoints jsonb not null default '{}',
  credentials bytea not null,
  receipt_key text not null,
  unit_price_yuan numeric(10, 4) not null default 0,
  priority integer not null default 10,
  state text not null default 'active',
  trouble_code text,
  trouble_at timestamptz,
  trouble_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint account_pkey primary key (company_id, id),
  constraint account_company_fkey foreign key (company_id) references identity.company (id),
  constraint account_number_key unique (company_id, number),
  constraint account_name_key unique (company_id, name),
  constraint account_state_known check (state in ('active', 'disabled')),
  constraint account_price_positive check (unit_price_yuan >= 0)
);
select platform.distribute('messaging.account');

-- The access token of an app, one for all processes: whoever holds the lease fetches a new one.
-- The id is the account’s. `generation` counts fetches.
create table messaging.token (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  cipher bytea,
  generation bigint not null default 0,
  fetched_at timestamptz,
  expires_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  constraint token_pkey primary key (company_id, id),
  constraint token_account_fkey foreign key (company_id, account_id)
    references messaging.account (company_id, id) on delete cascade
);
select platform.distribute('messaging.token');

-- A company's own words instead of the built-in ones; the id follows from key and language.
create table messaging.template_text (
  company_id uuid not null,
  id uuid not null,
  template_key text not null,
  language text not null,
  title text not null,
  body text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint template_text_pkey primary key (company_id, id),
  constraint template_text_company_fkey foreign key (company_id) references identity.company (id),
  constraint template_text_once_key unique (company_id, template_key, language),
  constraint template_text_language_known check (language in ('zh', 'en'))
);
select platform.distribute('messaging.template_text');

-- Under which number a provider approved a template, and which of its places takes which variable:
-- [{"place": "thing1", "variable": "unit"}]. The id follows from account, key and language.
create table messaging.template_at_account (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  template_key text not null,
  language text not null,
  provider_template_id text not null,
  places jsonb not null default '[]',
  updated_at timestamptz not null,
  constraint template_at_account_pkey primary key (company_id, id),
  constraint template_at_account_fkey foreign key (company_id, account_id)
    references messaging.account (company_id, id) on delete cascade,
  constraint template_at_account_once_key unique (company_id, account_id, template_key, language),
  constraint template_at_account_language check (language in ('zh', 'en'))
);
select platform.distribute('messaging.template_at_account');

-- When nothing is sent and how often at most. One row a company, under its id; none: the defaults.
-- `caps`: [{"purpose": "reminder", "most": 3, "hours": 24}].
create table messaging.setting (
  company_id uuid not null,
  id uuid not null,
  quiet_from text not null,
  quiet_to text not null,
  caps jsonb not null,
  updated_at timestamptz not null,
  constraint setting_pkey primary key (company_id, id),
  constraint setting_quiet_form check (quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$'
    and quiet_to ~ '^([01]\d|2[0-3]):[0-5]\d$')
);
select platform.distribute('messaging.setting');

-- What somebody does not want: of a purpose, by a way. `recipient_key` is an account of the app.
create table messaging.preference (
  company_id uuid not null,
  id uuid not null,
  recipient_key text not null,
  purpose text not null,
  via text not null,
  is_on boolean not null,
  updated_at timestamptz not null,
  constraint preference_pkey primary key (company_id, id),
  constraint preference_once_key unique (company_id, recipient_key, purpose, via)
);
select platform.distribute('messaging.preference');

-- Addresses that answered "no more" to a provider: the blind index of the phone.
create table messaging.blocked_address (
  company_id uuid not null,
  id uuid not null,
  via text not null,
  address_index bytea not null,
  address_masked text not null,
  blocked_at timestamptz not null,
  constraint blocked_address_pkey primary key (company_id, id),
  constraint blocked_address_once_key unique (company_id, via, address_index)
);
select platform.distribute('messaging.blocked_address');

-- A message. `content_cipher` holds routes and variables; without it the purpose's releaser supplies
-- them. A worker works under a lease; `claim_token` fences one that was paused past it.
-- sending: a request may be under way. uncertain: it may have been taken; the provider is asked.
create table messaging.message (
  company_id uuid not null,
  id uuid not null,
  purpose text not null,
  subject_id text not null,
  recipient_key text not null,
  template_key text not null,
  language text,
  state text not null default 'queued',
  due_at timestamptz not null,
  expires_at timestamptz not null,
  content_cipher bytea,
  content_given boolean not null,
  route_no integer not null default 0,
  tries integer not null default 0,
  attempts integer not null default 0,
  via text,
  to_masked text,
  account_id uuid,
  reason text,
  segments integer,
  cost_yuan numeric(12, 4),
  claim_token uuid,
  claimed_until timestamptz,
  check_at timestamptz,
  created_at timestamptz not null,
  released_at timestamptz,
  accepted_at timestamptz,
  delivered_at timestamptz,
  ended_at timestamptz,
  constraint message_pkey primary key (company_id, id),
  constraint message_company_fkey foreign key (company_id) references identity.company (id),
  constraint message_account_fkey foreign key (company_id, account_id) references messaging.account (company_id, id),
  constraint message_state_known check (state in
    ('queued', 'sending', 'uncertain', 'accepted', 'delivered', 'failed', 'dropped')),
  constraint message_accepted_whole check (state not in ('accepted', 'delivered')
    or (accepted_at is not null and via is not null)),
  constraint message_reason_given check (state not in ('failed', 'dropped') or reason is not null)
);
select platform.distribute('messaging.message');
-- Finds companies, and in them messages, with work to do.
create index message_due_idx on messaging.message (company_id, due_at, id) where state = 'queued';
create index message_open_idx on messaging.message (company_id, claimed_until)
  where state = 'sending';
create index message_check_idx on messaging.message (company_id, check_at)
  where state = 'uncertain';
-- What somebody was sent lately, for the caps.
create index message_recipient_idx on messaging.message
  (company_id, recipient_key, purpose, released_at) where released_at is not null;
create index message_list_idx on messaging.message (company_id, created_at, id);
create index message_dead_idx on messaging.message (company_id, created_at, id)
  where state = 'failed';
create index message_subject_idx on messaging.message (company_id, purpose, subject_id);

-- A row a recipient. Whoever releases messages to them holds it, so that caps count right with
-- several workers. The id follows from the key.
create table messaging.recipient (
  company_id uuid not null,
  id uuid not null,
  released_at timestamptz not null,
  constraint recipient_pkey primary key (company_id, id),
  constraint recipient_company_fkey foreign key (company_id) references identity.company (id)
);
select platform.distribute('messaging.recipient');

-- One request to a provider. `sealed` is what was sent, until a clear answer comes. `request_key` is how the provider knows it again. At most one attempt
-- of a message is under way or taken.
create table messaging.attempt (
  company_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  attempt_no integer not null,
  route_no integer not null,
  account_id uuid not null,
  via text not null,
  request_key text not null,
  sealed bytea,
  state text not null,
  refusal text,
  code text,
  detail text,
  provider_no text,
  started_at timestamptz not null,
  answered_at timestamptz,
  reported_at timestamptz,
  constraint attempt_pkey primary key (company_id, id),
  constraint attempt_message_fkey foreign key (company_id, message_id)
    references messaging.message (company_id, id) on delete cascade,
  constraint attempt_account_fkey foreign key (company_id, account_id) references messaging.account (company_id, id),
  constraint attempt_no_key unique (company_id, message_id, attempt_no),
  constraint attempt_state_known check (state in
    ('sending', 'uncertain', 'accepted', 'delivered', 'undelivered', 'refused', 'absent')),
  constraint attempt_refusal_known check (refusal in ('recipient', 'content', 'account', 'later'))
);
select platform.distribute('messaging.attempt');
create unique index attempt_live_key on messaging.attempt (company_id, message_id)
  where state in ('sending', 'uncertain', 'accepted', 'delivered');
create index attempt_provider_no_idx on messaging.attempt (company_id, account_id, provider_no)
  where provider_no is not null;

-- A receipt that belongs to nothing we know. Capped: anybody who knows the address could send it.
create table messaging.stray_receipt (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  body text not null,
  received_at timestamptz not null,
  constraint stray_receipt_pkey primary key (company_id, id),
  constraint stray_receipt_account_fkey foreign key (company_id, account_id)
    references messaging.account (company_id, id) on delete cascade,
  constraint stray_receipt_short check (length(body) <= 2000)
);
select platform.distribute('messaging.stray_receipt');
create index stray_receipt_time_idx on messaging.stray_receipt
  (company_id, account_id, received_at);

-- For reminders' effect and the like. `cost` is in yuan.
create view messaging.pub_message with (security_invoker = true) as
  select company_id, id, purpose, subject_id, recipient_key, template_key, state, via, reason,
    cost_yuan as cost, due_at, created_at, accepted_at, delivered_at, ended_at
  from messaging.message;
create view messaging.pub_preference with (security_invoker = true) as
  select company_id, recipient_key, purpose, via, is_on from messaging.preference;
grant select on messaging.pub_message, messaging.pub_preference to wuye_app, wuye_jobs;
