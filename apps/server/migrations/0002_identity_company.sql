-- Companies, their staff and sessions. Locks nothing: new tables.
create schema identity;
grant usage on schema identity to wuye_app, wuye_jobs;

create table identity.company (
  id uuid primary key,
  short_code text not null,
  name text not null,
  time_zone text not null default 'Asia/Shanghai',
  created_at timestamptz not null,
  constraint company_short_code_form check (short_code ~ '^[a-z][a-z0-9]{1,6}$')
);
insert into platform.table_kind (name, kind) values ('identity.company', 'company');
do $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    perform create_distributed_table('identity.company', 'id');
  end if;
end
$$;
alter table identity.company enable row level security;
create policy company on identity.company
  using (id = nullif(current_setting('app.company_id', true), '')::uuid);
grant select, insert, update on identity.company to wuye_app, wuye_jobs;

-- Short code → company: read before anything is known of a caller.
create table identity.company_code (
  short_code text primary key,
  company_id uuid not null
);
select platform.directory('identity.company_code', 'short_code');

create table identity.staff (
  company_id uuid not null,
  id uuid not null,
  login_name text not null,
  display_name text not null,
  password_hash text not null,
  state text not null default 'active',
  password_set_at timestamptz not null,
  last_sign_in_at timestamptz,
  created_at timestamptz not null,
  constraint staff_pkey primary key (company_id, id),
  constraint staff_company_fkey foreign key (company_id) references identity.company (id),
  constraint staff_login_name_key unique (company_id, login_name),
  constraint staff_state_known check (state in ('active', 'disabled'))
);
select platform.distribute('identity.staff');

-- Login name → company and staff.
create table identity.login_name (
  login_name text primary key,
  company_id uuid not null,
  staff_id uuid not null
);
select platform.directory('identity.login_name', 'login_name');

create table identity.role (
  company_id uuid not null,
  id uuid not null,
  name text not null,
  name_en text not null,
  permissions text[] not null,
  created_at timestamptz not null,
  constraint role_pkey primary key (company_id, id),
  constraint role_company_fkey foreign key (company_id) references identity.company (id),
  constraint role_name_key unique (company_id, name)
);
select platform.distribute('identity.role');

create table identity.staff_role (
  company_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  role_id uuid not null,
  granted_at timestamptz not null,
  granted_by uuid,
  constraint staff_role_pkey primary key (company_id, id),
  constraint staff_role_staff_fkey foreign key (company_id, staff_id) references identity.staff (company_id, id),
  constraint staff_role_role_fkey foreign key (company_id, role_id) references identity.role (company_id, id),
  constraint staff_role_once_key unique (company_id, staff_id, role_id)
);
select platform.distribute('identity.staff_role');

create table identity.session (
  company_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  token_sha256 bytea not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  ip text,
  user_agent text,
  constraint session_pkey primary key (company_id, id),
  constraint session_staff_fkey foreign key (company_id, staff_id) references identity.staff (company_id, id),
  constraint session_token_key unique (company_id, token_sha256)
);
select platform.distribute('identity.session');
-- The sessions of a person, to end them all.
create index session_staff_idx on identity.session (company_id, staff_id) where revoked_at is null;

-- Sign-in attempts by name, whether somebody has that name or not, so that an answer tells nobody
-- which names exist. The name is kept as a hash; rows go when their window is over.
create table identity.sign_in_guard (
  name_sha256 bytea primary key,
  attempts integer not null,
  window_started_at timestamptz not null
);
select platform.directory('identity.sign_in_guard', 'name_sha256', true);
create index sign_in_guard_window_idx on identity.sign_in_guard (window_started_at);
