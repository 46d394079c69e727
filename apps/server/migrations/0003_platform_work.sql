-- Audit entries, outbox, idempotency keys and periodic tasks. Locks nothing: new tables.

-- When an id was made: UUIDv7 begins with the milliseconds.
create function platform.instant_of(id uuid) returns timestamptz
language sql immutable strict parallel safe as $$
  select to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)
$$;

-- Who did what to what, written in the transaction of the deed. Sealed afterwards in batches.
create table platform.audit_entry (
  company_id uuid not null,
  day date not null,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null default '{}',
  ip text,
  constraint audit_entry_pkey primary key (company_id, day, id),
  constraint audit_entry_actor_known check (actor_kind in ('staff', 'payer', 'system'))
) partition by range (day);
select platform.distribute('platform.audit_entry');
select platform.append_only('platform.audit_entry');
select platform.create_year('platform.audit_entry', 2025);
select platform.create_year('platform.audit_entry', 2026);
select platform.create_year('platform.audit_entry', 2027);
select platform.create_year('platform.audit_entry', 2028);
create index audit_entry_subject_idx on platform.audit_entry (company_id, subject_kind, subject_id, day);

create index audit_entry_day_idx on platform.audit_entry using brin (day);

create view platform.pub_audit_entry with (security_invoker = true) as
  select company_id, day, id, at, actor_kind, actor_id, actor_name, action, subject_kind,
    subject_id, detail, ip
  from platform.audit_entry;
grant select on platform.pub_audit_entry to wuye_app, wuye_jobs;

-- What a seal vouches for: all that an entry says, in one text that does not depend on settings.
-- Never change it: old seals were made over this text.
create view platform.pub_sealable_audit with (security_invoker = true) as
  select company_id, day, id, platform.instant_of(id) as at,
    jsonb_build_array('audit/1', company_id, day, id, (extract(epoch from at) * 1000000)::bigint,
      actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail, ip)::text
      as content
  from platform.audit_entry;
grant select on platform.pub_sealable_audit to wuye_app, wuye_jobs;

-- A seal: the hash over a set of rows and the seal before it. `book` says of which table.
create table platform.seal (
  company_id uuid not null,
  id uuid not null,
  book text not null,
  seal_no bigint not null,
  rows bigint not null,
  content_sha256 bytea not null,
  previous_sha256 bytea not null,
  sha256 bytea not null,
  sealed_at timestamptz not null,
  constraint seal_pkey primary key (company_id, id),
  constraint seal_no_key unique (company_id, book, seal_no),
  constraint seal_book_known check (book in ('audit', 'ledger'))
);
select platform.distribute('platform.seal');
select platform.append_only('platform.seal');

-- Which rows a seal covers, in which place, and the hash of what each said: a row is covered once.
create table platform.sealed_row (
  company_id uuid not null,
  id uuid not null,
  book text not null,
  day date not null,
  seal_no bigint not null,
  place integer not null,
  content_sha256 bytea not null,
  constraint sealed_row_pkey primary key (company_id, id)
);
select platform.distribute('platform.sealed_row');
select platform.append_only('platform.sealed_row');
create index sealed_row_seal_idx on platform.sealed_row (company_id, book, seal_no, place);

create view platform.pub_sealed_row with (security_invoker = true) as
  select company_id, id, book, day, seal_no from platform.sealed_row;
grant select on platform.pub_sealed_row to wuye_app, wuye_jobs;

-- What must still happen because of a committed fact. Delivered at least once.
create table platform.outbox (
  company_id uuid not null,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  claim_token uuid,
  claimed_until timestamptz,
  done_at timestamptz,
  dead_at timestamptz,
  last_error text,
  constraint outbox_pkey primary key (company_id, id)
);
select platform.distribute('platform.outbox');
create index outbox_due_idx on platform.outbox (due_at) where done_at is null and dead_at is null;

-- The first answer to a request that may be sent again.
create table platform.idempotency (
  company_id uuid not null,
  id uuid not null,
  scope text not null,
  key text not null,
  fingerprint bytea not null,
  answer jsonb,
  created_at timestamptz not null,
  constraint idempotency_pkey primary key (company_id, id),
  constraint idempotency_once_key unique (company_id, scope, key)
);
select platform.distribute('platform.idempotency');

-- Tasks that run at intervals, in one process at a time; the lease is fenced by its token.
create table platform.periodic_task (
  name text primary key,
  due_at timestamptz not null,
  claim_token uuid,
  claimed_until timestamptz,
  last_done_at timestamptz,
  last_error text
);
select platform.directory('platform.periodic_task', 'name', true);
