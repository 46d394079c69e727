-- Tickets (报事), their timeline and photos, disputes of single bills, and how tickets are routed.
-- Locks nothing: new tables.
create schema feedback;
grant usage on schema feedback to wuye_app, wuye_jobs;

-- What a ticket is about, who gets it and by when. Minutes are office time. A company without rows
-- has the built-in categories, which become rows before its first ticket or change.
create table feedback.category (
  company_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  name_en text not null,
  is_dispute boolean not null default false,
  is_active boolean not null default true,
  sort_no integer not null,
  role_id uuid,
  staff_id uuid,
  first_reply_minutes integer not null,
  resolve_minutes integer not null,
  updated_at timestamptz not null,
  constraint category_pkey primary key (company_id, id),
  constraint category_code_key unique (company_id, code),
  constraint category_role_fkey foreign key (company_id, role_id) references identity.role (company_id, id),
  constraint category_staff_fkey foreign key (company_id, staff_id) references identity.staff (company_id, id),
  constraint category_minutes_sane check (first_reply_minutes > 0 and resolve_minutes >= first_reply_minutes)
);
select platform.distribute('feedback.category');

-- Another receiver or other hours for one community; the id follows from community and category.
create table feedback.routing (
  company_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  category_id uuid not null,
  role_id uuid,
  staff_id uuid,
  first_reply_minutes integer,
  resolve_minutes integer,
  updated_at timestamptz not null,
  constraint routing_pkey primary key (company_id, id),
  constraint routing_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint routing_category_fkey foreign key (company_id, category_id) references feedback.category (company_id, id),
  constraint routing_role_fkey foreign key (company_id, role_id) references identity.role (company_id, id),
  constraint routing_staff_fkey foreign key (company_id, staff_id) references identity.staff (company_id, id),
  constraint routing_once_key unique (company_id, community_id, category_id),
  constraint routing_minutes_sane check (first_reply_minutes > 0 and resolve_minutes > 0)
);
select platform.distribute('feedback.routing');

-- `account_id`: who opened it in the app; `payer_key`: a hash of the cookie or phone of who came by
-- a room code. Both are null for what staff took down at the desk. A due instant is worked out in
-- office time; while the resident is waited for, `left_minutes` holds what remained.
create table feedback.ticket (
  company_id uuid not null,
  id uuid not null,
  ticket_no text not null,
  category_id uuid not null,
  community_id uuid not null,
  unit_id uuid,
  source text not null,
  account_id uuid,
  payer_key text,
  opened_by text not null,
  phone_cipher bytea,
  phone_index bytea,
  phone_masked text,
  language text not null default 'zh',
  text text not null,
  context jsonb not null default '{}',
  bill_id uuid,
  payment_id uuid,
  state text not null default 'new',
  role_id uuid,
  assignee_id uuid,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  first_reply_due_at timestamptz not null,
  first_replied_at timestamptz,
  resolve_due_at timestamptz not null,
  left_minutes integer,
  resolved_at timestamptz,
  closed_at timestamptz,
  reopened_count integer not null default 0,
  reply_escalated_at timestamptz,
  resolve_escalated_at timestamptz,
  rating integer,
  rating_text text,
  rated_at timestamptz,
  constraint ticket_pkey primary key (company_id, id),
  constraint ticket_no_key unique (company_id, ticket_no),
  constraint ticket_category_fkey foreign key (company_id, category_id) references feedback.category (company_id, id),
  constraint ticket_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint ticket_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint ticket_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint ticket_bill_fkey foreign key (company_id, bill_id) references billing.bill (company_id, id),
  constraint ticket_role_fkey foreign key (company_id, role_id) references identity.role (company_id, id),
  constraint ticket_assignee_fkey foreign key (company_id, assignee_id) references identity.staff (company_id, id),
  constraint ticket_source_known check (source in ('app', 'scan', 'receipt', 'desk')),
  constraint ticket_language_known check (language in ('zh', 'en')),
  constraint ticket_state_known check (
    state in ('new', 'assigned', 'in-progress', 'waiting', 'resolved', 'closed')),
  constraint ticket_phone_whole check ((phone_cipher is null) = (phone_index is null)
    and (phone_cipher is null) = (phone_masked is null)),
  constraint ticket_waiting_left check ((state = 'waiting') = (left_minutes is not null)),
  constraint ticket_resolved_when check ((state in ('resolved', 'closed')) = (resolved_at is not null)),
  constraint ticket_closed_when check ((state = 'closed') = (closed_at is not null)),
  constraint ticket_rating_whole check ((rating is null) = (rated_at is null)
    and rating between 1 and 5)
);
select platform.distribute('feedback.ticket');
-- The inbox, newest first, and what is not resolved.
create index ticket_community_idx on feedback.ticket (company_id, community_id, id);
create index ticket_open_idx on feedback.ticket (company_id, id)
  where state in ('new', 'assigned', 'in-progress', 'waiting');
-- What a resident opened.
create index ticket_account_idx on feedback.ticket (company_id, account_id, id)
  where account_id is not null;
-- Clocks that run, for the escalation across companies; resolved ones that will be closed.
create index ticket_reply_due_idx on feedback.ticket (first_reply_due_at)
  where first_replied_at is null and reply_escalated_at is null
    and state in ('new', 'assigned', 'in-progress');
create index ticket_resolve_due_idx on feedback.ticket (resolve_due_at)
  where resolve_escalated_at is null and state in ('new', 'assigned', 'in-progress');
create index ticket_resolved_idx on feedback.ticket (resolved_at) where state = 'resolved';

-- Who did what when. `note`: seen by staff only. Never changed.
create table feedback.entry (
  company_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  kind text not null,
  text text not null default '',
  detail jsonb not null default '{}',
  from_state text,
  to_state text,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  constraint entry_pkey primary key (company_id, id),
  constraint entry_ticket_fkey foreign key (company_id, ticket_id) references feedback.ticket (company_id, id),
  constraint entry_kind_known check (kind in ('opened', 'message', 'reply', 'note', 'assigned',
    'state', 'moved', 'rated', 'reopened', 'escalated', 'answered', 'closed')),
  constraint entry_actor_known check (actor_kind in ('staff', 'resident', 'payer', 'system'))
);
select platform.distribute('feedback.entry');
select platform.append_only('feedback.entry');
create index entry_ticket_idx on feedback.entry (company_id, ticket_id, id);

-- A photo, encrypted. `owner_key` says who uploaded it; it belongs to an entry once it is sent.
create table feedback.photo (
  company_id uuid not null,
  id uuid not null,
  owner_key text not null,
  ticket_id uuid,
  entry_id uuid,
  media_type text not null,
  width integer not null,
  height integer not null,
  size_bytes integer not null,
  sha256 bytea not null,
  cipher bytea not null,
  created_at timestamptz not null,
  constraint photo_pkey primary key (company_id, id),
  constraint photo_ticket_fkey foreign key (company_id, ticket_id) references feedback.ticket (company_id, id),
  constraint photo_entry_fkey foreign key (company_id, entry_id) references feedback.entry (company_id, id),
  constraint photo_placed_whole check ((ticket_id is null) = (entry_id is null))
);
select platform.distribute('feedback.photo');
create index photo_ticket_idx on feedback.photo (company_id, ticket_id) where ticket_id is not null;
-- Uploaded and never sent: counted per owner, deleted after a day.
create index photo_loose_idx on feedback.photo (company_id, owner_key, created_at)
  where ticket_id is null;
create index photo_forgotten_idx on feedback.photo (created_at) where ticket_id is null;

-- A bill that somebody disputes; `id` is the ticket's. While it is open nobody is reminded of the
-- bill or debited for it; it can be paid. One open dispute a bill.
create table feedback.dispute (
  company_id uuid not null,
  id uuid not null,
  bill_id uuid not null,
  unit_id uuid not null,
  community_id uuid not null,
  state text not null default 'open',
  opened_at timestamptz not null,
  -- The change of the bill that waits for a second person, if any.
  adjustment_id uuid,
  answer text,
  answer_text text,
  answered_at timestamptz,
  answered_by text,
  constraint dispute_pkey primary key (company_id, id),
  constraint dispute_ticket_fkey foreign key (company_id, id) references feedback.ticket (company_id, id),
  constraint dispute_bill_fkey foreign key (company_id, bill_id) references billing.bill (company_id, id),
  constraint dispute_state_known check (state in ('open', 'answered')),
  constraint dispute_answer_known check (answer in ('explanation', 'adjustment', 'void', 'withdrawn')),
  constraint dispute_answered_whole check ((state = 'answered') = (answer is not null)
    and (state = 'answered') = (answered_at is not null)
    and (state = 'answered') = (answered_by is not null))
);
select platform.distribute('feedback.dispute');
create unique index dispute_open_key on feedback.dispute (company_id, bill_id)
  where state = 'open';
create index dispute_bill_idx on feedback.dispute (company_id, bill_id);
create index dispute_adjustment_idx on feedback.dispute (company_id, adjustment_id)
  where adjustment_id is not null;

create table feedback.canned_answer (
  company_id uuid not null,
  id uuid not null,
  title text not null,
  text text not null,
  text_en text not null default '',
  category_id uuid,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint canned_answer_pkey primary key (company_id, id),
  constraint canned_answer_category_fkey foreign key (company_id, category_id) references feedback.category (company_id, id),
  constraint canned_answer_title_key unique (company_id, title)
);
select platform.distribute('feedback.canned_answer');

-- One row a company; `id` is the company's. No row: the defaults.
create table feedback.setting (
  company_id uuid not null,
  id uuid not null,
  content jsonb not null,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint setting_pkey primary key (company_id, id)
);
select platform.distribute('feedback.setting');

-- How often somebody opened a ticket or sent a photo in a window of time; the id follows from the
-- key and the window. Rows go when their window is over.
create table feedback.quota (
  company_id uuid not null,
  id uuid not null,
  used integer not null,
  ends_at timestamptz not null,
  constraint quota_pkey primary key (company_id, id)
);
select platform.distribute('feedback.quota');
create index quota_ends_idx on feedback.quota using brin (ends_at);

create view feedback.pub_dispute with (security_invoker = true) as
  select company_id, id, bill_id, unit_id, state, opened_at, answered_at from feedback.dispute;
create view feedback.pub_ticket with (security_invoker = true) as
  select company_id, id, ticket_no, category_id, community_id, unit_id, source, state, opened_at,
    first_replied_at, resolved_at, rating
  from feedback.ticket;
grant select on feedback.pub_dispute, feedback.pub_ticket to wuye_app, wuye_jobs;

-- Roles to route to, without what they allow.
create view identity.pub_role with (security_invoker = true) as
  select company_id, id, name, name_en from identity.role;
create view identity.pub_staff_role with (security_invoker = true) as
  select company_id, staff_id, role_id from identity.staff_role;
grant select on identity.pub_role, identity.pub_staff_role to wuye_app, wuye_jobs;
