-- Residents who sign in to the app, the homes they are bound to, and their sessions. Locks nothing:
-- new tables.
create schema resident;
grant usage on schema resident to wuye_app, wuye_jobs;

-- A person as the app knows them; who they are in the house list says a binding.
create table resident.account (
  company_id uuid not null,
  id uuid not null,
  display_name text,
  phone_cipher bytea,
  phone_index bytea,
  phone_masked text,
  phone_verified_at timestamptz,
  language text not null default 'zh',
  is_elder boolean not null default false,
  state text not null default 'active',
  created_at timestamptz not null,
  constraint account_pkey primary key (company_id, id),
  constraint account_company_fkey foreign key (company_id) references identity.company (id),
  constraint account_language_known check (language in ('zh', 'en')),
  constraint account_state_known check (state in ('active', 'closed')),
  constraint account_phone_whole check ((phone_cipher is null) = (phone_index is null)
    and (phone_cipher is null) = (phone_masked is null)
    and (phone_cipher is null) = (phone_verified_at is null))
);
select platform.distribute('resident.account');
-- A phone signs in to one account.
create unique index account_phone_key on resident.account (company_id, phone_index)
  where state = 'active';

-- Who a wallet says this is, at one of its apps: `scope` is channel and app, as `wechat-pay/wx123`.
create table resident.wallet_id (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  scope text not null,
  open_id text not null,
  created_at timestamptz not null,
  constraint wallet_id_pkey primary key (company_id, id),
  constraint wallet_id_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint wallet_id_once_key unique (company_id, scope, open_id)
);
select platform.distribute('resident.wallet_id');
create index wallet_id_account_idx on resident.wallet_id (company_id, account_id);

create table resident.session (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  token_sha256 bytea not null,
  surface text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  ip text,
  user_agent text,
  constraint session_pkey primary key (company_id, id),
  constraint session_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint session_token_key unique (company_id, token_sha256),
  constraint session_surface_known check (surface in ('h5', 'wechat', 'alipay'))
);
select platform.distribute('resident.session');
create index session_account_idx on resident.session (company_id, account_id)
  where revoked_at is null;

-- That an account may see and pay for a home, from when to when, and how it was shown.
create table resident.binding (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  person_id uuid,
  role text not null,
  bound_by text not null,
  bound_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  constraint binding_pkey primary key (company_id, id),
  constraint binding_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint binding_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint binding_person_fkey foreign key (company_id, person_id) references estate.person (company_id, id),
  constraint binding_role_known check (role in ('owner', 'tenant', 'family', 'payer')),
  constraint binding_by_known check (bound_by in ('phone', 'account-number', 'invitation', 'application', 'staff')),
  constraint binding_ended_whole check ((ended_at is null) = (ended_by is null)
    and (ended_at is null) = (end_reason is null))
);
select platform.distribute('resident.binding');
create unique index binding_current_key on resident.binding (company_id, account_id, unit_id)
  where ended_at is null;
-- The people of a home.
create index binding_unit_idx on resident.binding (company_id, unit_id) where ended_at is null;

create view resident.pub_binding with (security_invoker = true) as
  select company_id, id, account_id, unit_id, person_id, role, bound_at, ended_at
  from resident.binding;
create view resident.pub_account with (security_invoker = true) as
  select company_id, id, display_name, phone_masked, language, is_elder, state, created_at
  from resident.account;
create view resident.pub_wallet_id with (security_invoker = true) as
  select company_id, account_id, scope, open_id, created_at from resident.wallet_id;
grant select on resident.pub_binding, resident.pub_account, resident.pub_wallet_id
  to wuye_app, wuye_jobs;
