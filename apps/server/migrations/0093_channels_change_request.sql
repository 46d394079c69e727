-- Two people for changes of channels: what one of them proposes waits here until another approves
-- or rejects it. Locks nothing but the roles for a moment: who could configure channels may also
-- approve what somebody else configured.

-- `detail`: what will be written, without secrets; `lines`: what the checker is shown;
-- `secrets_cipher`: encrypted, and gone as soon as it is decided. `is_alone`: the company had no
-- second member of staff.
create table channels.change_request (
  company_id uuid not null,
  id uuid not null,
  kind text not null,
  subject_id uuid,
  title text not null,
  detail jsonb not null,
  lines jsonb not null,
  secrets_cipher bytea,
  state text not null,
  is_alone boolean not null default false,
  proposed_by uuid not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  constraint change_request_pkey primary key (company_id, id),
  constraint change_request_company_fkey foreign key (company_id) references identity.company (id),
  constraint change_request_kind_known check (kind in ('create-account', 'change-account', 'save-route', 'remove-route')),
  constraint change_request_state_known check (state in ('open', 'approved', 'rejected', 'withdrawn')),
  constraint change_request_decided check ((state = 'open') = (decided_at is null)),
  constraint change_request_two_people check (state <> 'approved' or is_alone or decided_by <> proposed_by),
  constraint change_request_secrets_gone check (state = 'open' or secrets_cipher is null)
);
select platform.distribute('channels.change_request');
-- One open change of a thing at a time: a checker sees what it will become.
create unique index change_request_open_key
  on channels.change_request (company_id, subject_id) where state = 'open';
-- The list, newest first.
create index change_request_time_idx on channels.change_request (company_id, proposed_at, id);

-- Whether there is a second person at all: disabled ones count, for they could be disabled first.
create view identity.pub_staff with (security_invoker = true) as
  select company_id, id, display_name, state, created_at from identity.staff;
grant select on identity.pub_staff to wuye_app, wuye_jobs;

update identity.role set permissions = array_append(permissions, 'channels.approve')
where ('channels.write' = any (permissions) or name = '财务')
  and not 'channels.approve' = any (permissions);
