-- Plans of reminders (催缴), every reminder, what its messages came to, and what they brought in.
-- Locks nothing: new tables.
create schema reminders;
grant usage on schema reminders to wuye_app, wuye_jobs;

-- `steps` is a list of {id, days, repeatEveryDays, repeatTimes, vias, sendAt, audience}; ids of
-- steps last as long as the step, so that its effect is counted as one.
create table reminders.plan (
  company_id uuid not null,
  id uuid not null,
  name text not null,
  community_id uuid,
  fee_item_ids uuid[] not null,
  state text not null default 'draft',
  starts_on date not null,
  ends_on date,
  minimum_fen bigint not null default 0,
  cap_count integer not null,
  cap_days integer not null,
  steps jsonb not null default '[]',
  planned_on date,
  planned_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  constraint plan_pkey primary key (company_id, id),
  constraint plan_company_fkey foreign key (company_id) references identity.company (id),
  constraint plan_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint plan_name_key unique (company_id, name),
  constraint plan_state_known check (state in ('draft', 'active', 'paused')),
  constraint plan_days_ordered check (ends_on is null or ends_on >= starts_on),
  constraint plan_cap_positive check (cap_count > 0 and cap_days > 0 and minimum_fen >= 0)
);
select platform.distribute('reminders.plan');
-- Finds companies with plans to carry out.
create index plan_active_idx on reminders.plan (company_id, id) where state = 'active';

-- A home is reminded once: of a plan on a day, whichever of its steps comes first, or by hand in a
-- batch. The id follows from plan, step, occurrence, unit and due day, so planning twice adds none.
-- `due_on`: the bills whose day called for it; null by hand. Who it goes to and what it says is
-- decided when it leaves.
create table reminders.reminder (
  company_id uuid not null,
  id uuid not null,
  plan_id uuid,
  step_id uuid,
  occurrence integer not null default 0,
  batch_id uuid,
  community_id uuid not null,
  unit_id uuid not null,
  day date not null,
  due_on date,
  is_overdue boolean not null,
  audience text not null,
  vias text[] not null,
  fee_item_ids uuid[] not null,
  minimum_fen bigint not null default 0,
  state text not null default 'planned',
  reason text,
  planned_fen bigint not null,
  released_fen bigint,
  due_at timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  created_by text,
  released_at timestamptz,
  ended_at timestamptz,
  constraint reminder_pkey primary key (company_id, id),
  constraint reminder_plan_fkey foreign key (company_id, plan_id) references reminders.plan (company_id, id),
  constraint reminder_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint reminder_origin check ((plan_id is null) = (batch_id is not null)
    and (plan_id is null) = (step_id is null) and (plan_id is null) = (due_on is null)),
  constraint reminder_state_known check (state in
    ('planned', 'queued', 'released', 'failed', 'dropped', 'to-print', 'printed')),
  constraint reminder_reason_given check ((state = 'dropped') = (reason is not null)),
  constraint reminder_amount_positive check (planned_fen >= 0 and released_fen > 0)
);
select platform.distribute('reminders.reminder');
-- One reminder a home, plan and day; and what a home had lately, for caps and newer reminders.
create unique index reminder_once_key on reminders.reminder (company_id, unit_id, day, plan_id)
  where plan_id is not null;
create unique index reminder_batch_key on reminders.reminder (company_id, batch_id, unit_id)
  where batch_id is not null;
create index reminder_unit_idx on reminders.reminder (company_id, unit_id, day);
create index reminder_list_idx on reminders.reminder (company_id, day, id);
-- Finds reminders whose messages are not in the queue yet, and notices to print.
create index reminder_planned_idx on reminders.reminder (company_id, id) where state = 'planned';
create index reminder_print_idx on reminders.reminder (company_id, day, id)
  where state = 'to-print';

-- A message of a reminder to one person, from the moment it is released; the id is the message's.
-- `code` opens the bill; it is worked out from the id with a secret key. State, way and cost follow
-- messaging. `account_id` null: somebody of the house list.
create table reminders.notice (
  company_id uuid not null,
  id uuid not null,
  reminder_id uuid not null,
  plan_id uuid,
  step_id uuid,
  unit_id uuid not null,
  account_id uuid,
  code text not null,
  amount_fen bigint not null,
  due_on date,
  expires_at timestamptz not null,
  released_at timestamptz not null,
  state text not null default 'released',
  reason text,
  via text,
  day date,
  sent_at timestamptz,
  delivered_at timestamptz,
  cost_yuan numeric(12, 4) not null default 0,
  opened_at timestamptz,
  constraint notice_pkey primary key (company_id, id),
  constraint notice_reminder_fkey foreign key (company_id, reminder_id)
    references reminders.reminder (company_id, id),
  constraint notice_code_key unique (company_id, code),
  constraint notice_sent_whole check ((sent_at is null) = (day is null)
    and (sent_at is null or via is not null))
);
select platform.distribute('reminders.notice');
create index notice_reminder_idx on reminders.notice (company_id, reminder_id);
create index notice_unit_idx on reminders.notice (company_id, unit_id, released_at);
create index notice_account_idx on reminders.notice (company_id, account_id, released_at)
  where account_id is not null;

-- Money that came within 72 hours of a message about the home: it counts for one message. The id
-- follows from payment and unit.
create table reminders.collected (
  company_id uuid not null,
  id uuid not null,
  notice_id uuid not null,
  payment_id uuid not null,
  unit_id uuid not null,
  amount_fen bigint not null,
  paid_at timestamptz not null,
  is_within_day boolean not null,
  constraint collected_pkey primary key (company_id, id),
  constraint collected_notice_fkey foreign key (company_id, notice_id) references reminders.notice (company_id, id),
  constraint collected_amount_positive check (amount_fen > 0)
);
select platform.distribute('reminders.collected');
create index collected_notice_idx on reminders.collected (company_id, notice_id);

-- What the messages of a day came to, counted up as news arrives; the same is worked out again from
-- notices and collected money. The id follows from day, plan, step and way.
create table reminders.effect (
  company_id uuid not null,
  id uuid not null,
  day date not null,
  plan_id uuid,
  step_id uuid,
  via text not null,
  sent bigint not null default 0,
  delivered bigint not null default 0,
  opened bigint not null default 0,
  paid_day bigint not null default 0,
  paid_three_days bigint not null default 0,
  collected_day_fen bigint not null default 0,
  collected_three_days_fen bigint not null default 0,
  cost_yuan numeric(14, 4) not null default 0,
  constraint effect_pkey primary key (company_id, id)
);
select platform.distribute('reminders.effect');
create index effect_day_idx on reminders.effect (company_id, day);

-- A home that promised to pay until a day; the id is the unit's.
create table reminders.pause (
  company_id uuid not null,
  id uuid not null,
  until date not null,
  reason text not null,
  paused_by text not null,
  paused_at timestamptz not null,
  constraint pause_pkey primary key (company_id, id),
  constraint pause_unit_fkey foreign key (company_id, id) references estate.unit (company_id, id)
);
select platform.distribute('reminders.pause');

create view reminders.pub_reminder with (security_invoker = true) as
  select company_id, id, plan_id, step_id, community_id, unit_id, day, due_on, state, reason,
    planned_fen, released_fen, due_at, released_at
  from reminders.reminder;
create view reminders.pub_effect with (security_invoker = true) as
  select company_id, id, day, plan_id, step_id, via, sent, delivered, opened, paid_day,
    paid_three_days, collected_day_fen, collected_three_days_fen, cost_yuan
  from reminders.effect;
grant select on reminders.pub_reminder, reminders.pub_effect to wuye_app, wuye_jobs;
