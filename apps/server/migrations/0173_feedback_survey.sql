-- How paying went, asked rarely; where payments are abandoned; the weekly digest. Locks nothing.
-- What an order at a channel came to, for counting; nothing that a payer could pay with.
create view payment.pub_attempt with (security_invoker = true) as
  select company_id, id, payment_id, channel, product, state, requested_at,
    instructions is not null as is_instructed, end_reason, failure_code
  from payment.attempt;
grant select on payment.pub_attempt to wuye_app, wuye_jobs;

-- The question after one payment; the id follows from it. A score of null: no wish to say.
create table feedback.survey (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  payment_id uuid not null,
  community_id uuid not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  score integer,
  text text not null default '',
  constraint survey_pkey primary key (company_id, id),
  constraint survey_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint survey_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint survey_score_known check (
    score is null or (score between 1 and 5 and answered_at is not null))
);
select platform.distribute('feedback.survey');
create index survey_time_idx on feedback.survey (company_id, asked_at);

-- When an account was last asked; `id` is the account's. It makes two payments at once ask once.
create table feedback.survey_account (
  company_id uuid not null,
  id uuid not null,
  asked_at timestamptz not null,
  constraint survey_account_pkey primary key (company_id, id)
);
select platform.distribute('feedback.survey_account');

-- Payments of a day by where they began and what became of them; the id follows from the rest.
-- Filled again for the last days until nothing of them is under way.
create table feedback.payment_day (
  company_id uuid not null,
  id uuid not null,
  day date not null,
  surface text not null,
  channel text not null,
  error_code text not null default '',
  started integer not null,
  instructed integer not null,
  paid integer not null,
  left_open integer not null,
  constraint payment_day_pkey primary key (company_id, id)
);
select platform.distribute('feedback.payment_day');
create index payment_day_day_idx on feedback.payment_day (company_id, day);

-- The digest of a week, made once; `id` follows from its Monday.
create table feedback.digest (
  company_id uuid not null,
  id uuid not null,
  week_start date not null,
  content jsonb not null,
  generated_at timestamptz not null,
  sent_at timestamptz,
  constraint digest_pkey primary key (company_id, id),
  constraint digest_week_monday check (extract(isodow from week_start) = 1)
);
select platform.distribute('feedback.digest');
create index digest_week_idx on feedback.digest (company_id, week_start);
