-- The telephone of the office and its hours: of one community, or of the whole company where a
-- community has none of its own. `id` is that community's, or the company's. Locks nothing.
create table estate.service_phone (
  company_id uuid not null,
  id uuid not null,
  community_id uuid,
  phone text not null,
  hours text,
  updated_at timestamptz not null,
  constraint service_phone_pkey primary key (company_id, id),
  constraint service_phone_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint service_phone_of_whom check (id = coalesce(community_id, company_id)),
  constraint service_phone_form check (phone ~ '^[+0-9][0-9 -]{4,24}$'),
  constraint service_phone_hours_length check (char_length(hours) between 1 and 60)
);
select platform.distribute('estate.service_phone');
