-- Help articles, their pictures, announcements and notices (公示) of a community. Locks nothing: new
-- tables.
create schema content;
grant usage on schema content to wuye_app, wuye_jobs;

-- What a company changed of the help that comes with the product, and its own articles. A built-in
-- article that has no row is shown as it comes.
create table content.article (
  company_id uuid not null,
  id uuid not null,
  key text not null,
  category text not null,
  title_zh text not null,
  title_en text not null default '',
  body_zh text not null,
  body_en text not null default '',
  state text not null default 'published',
  updated_at timestamptz not null,
  updated_by text not null,
  constraint article_pkey primary key (company_id, id),
  constraint article_company_fkey foreign key (company_id) references identity.company (id),
  constraint article_key_key unique (company_id, key),
  constraint article_key_form check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
  constraint article_category_known check (category in ('pay', 'autopay', 'papers', 'home', 'trouble')),
  constraint article_state_known check (state in ('published', 'hidden'))
);
select platform.distribute('content.article');

create table content.picture (
  company_id uuid not null,
  id uuid not null,
  type text not null,
  bytes bytea not null,
  created_at timestamptz not null,
  created_by text not null,
  constraint picture_pkey primary key (company_id, id),
  constraint picture_company_fkey foreign key (company_id) references identity.company (id),
  constraint picture_type_known check (type in ('image/png', 'image/jpeg', 'image/webp')),
  constraint picture_small check (octet_length(bytes) <= 1048576)
);
select platform.distribute('content.picture');
select platform.append_only('content.picture');

-- `community_id` null: for everybody of the company. `kind` disclosure: 公示, such as the use of
-- funds and the income of common areas.
create table content.announcement (
  company_id uuid not null,
  id uuid not null,
  community_id uuid,
  kind text not null,
  title text not null,
  body text not null,
  is_pinned boolean not null default false,
  state text not null default 'draft',
  expires_on date,
  created_at timestamptz not null,
  created_by text not null,
  published_at timestamptz,
  published_by text,
  withdrawn_at timestamptz,
  withdrawn_by text,
  constraint announcement_pkey primary key (company_id, id),
  constraint announcement_company_fkey foreign key (company_id) references identity.company (id),
  constraint announcement_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint announcement_kind_known check (kind in ('news', 'disclosure')),
  constraint announcement_state_known check (state in ('draft', 'published', 'withdrawn')),
  constraint announcement_published_when check ((state = 'draft') = (published_at is null)),
  constraint announcement_withdrawn_when check ((state = 'withdrawn') = (withdrawn_at is not null))
);
select platform.distribute('content.announcement');
-- What residents see, newest first.
create index announcement_shown_idx on content.announcement (company_id, published_at)
  where state = 'published';

-- That an account has read an announcement; the id follows from both.
create table content.announcement_read (
  company_id uuid not null,
  id uuid not null,
  announcement_id uuid not null,
  account_id uuid not null,
  read_at timestamptz not null,
  constraint announcement_read_pkey primary key (company_id, id),
  constraint announcement_read_of_fkey foreign key (company_id, announcement_id) references content.announcement (company_id, id),
  constraint announcement_read_once_key unique (company_id, account_id, announcement_id)
);
select platform.distribute('content.announcement_read');
create index announcement_read_count_idx on content.announcement_read (company_id, announcement_id);
