-- Communities, buildings, units with their dated areas, people and who lives where, room codes,
-- imports of house lists. Locks nothing: new tables.
create schema estate;
grant usage on schema estate to wuye_app, wuye_jobs;

create table estate.community (
  company_id uuid not null,
  id uuid not null,
  name text not null,
  address text,
  created_at timestamptz not null,
  constraint community_pkey primary key (company_id, id),
  constraint community_company_fkey foreign key (company_id) references identity.company (id),
  constraint community_name_key unique (company_id, name)
);
select platform.distribute('estate.community');

create table estate.building (
  company_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  constraint building_pkey primary key (company_id, id),
  constraint building_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint building_name_key unique (company_id, community_id, name)
);
select platform.distribute('estate.building');

-- A home, shop, parking space or storage room. `entrance` is '' where a building has none.
-- `label` is how people say it: 1栋2单元301. `sort_key` sorts 2栋 before 10栋.
create table estate.unit (
  company_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  building_id uuid not null,
  entrance text not null default '',
  floor text not null default '',
  door_no text not null,
  kind text not null,
  label text not null,
  sort_key text collate "C" not null,
  moved_in_on date,
  state text not null default 'active',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint unit_pkey primary key (company_id, id),
  constraint unit_building_fkey foreign key (company_id, building_id) references estate.building (company_id, id),
  constraint unit_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint unit_door_key unique (company_id, building_id, entrance, door_no),
  constraint unit_kind_known check (kind in ('home', 'shop', 'parking', 'storage')),
  constraint unit_state_known check (state in ('active', 'retired'))
);
select platform.distribute('estate.unit');
create index unit_list_idx on estate.unit (company_id, community_id, sort_key, id);
-- Search by the beginning of a door number or of a label.
create index unit_door_no_idx on estate.unit (company_id, door_no text_pattern_ops);
create index unit_label_idx on estate.unit (company_id, label text_pattern_ops);

-- Areas in square metres, valid from a day on until the next row's day. The day 1900-01-01 says:
-- as far as is known it has always been so.
create table estate.unit_area (
  company_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  effective_on date not null,
  built_m2 numeric(12, 4),
  inner_m2 numeric(12, 4),
  chargeable_m2 numeric(12, 4),
  created_at timestamptz not null,
  constraint unit_area_pkey primary key (company_id, id),
  constraint unit_area_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint unit_area_day_key unique (company_id, unit_id, effective_on),
  constraint unit_area_not_negative check (built_m2 >= 0 and inner_m2 >= 0 and chargeable_m2 >= 0)
);
select platform.distribute('estate.unit_area');

-- A person's data is encrypted; `_index` columns find equal values, `_masked` are shown.
create table estate.person (
  company_id uuid not null,
  id uuid not null,
  name_cipher bytea not null,
  name_index bytea not null,
  name_masked text not null,
  phone_cipher bytea,
  phone_index bytea,
  phone_masked text,
  id_number_cipher bytea,
  id_number_index bytea,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint person_pkey primary key (company_id, id),
  constraint person_company_fkey foreign key (company_id) references identity.company (id)
);
select platform.distribute('estate.person');
create index person_name_idx on estate.person (company_id, name_index);
create index person_phone_idx on estate.person (company_id, phone_index);
-- Search by the last four digits, which the mask shows.
create index person_phone_end_idx on estate.person (company_id, right(phone_masked, 4));

create table estate.occupancy (
  company_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  role text not null,
  from_on date,
  to_on date,
  created_at timestamptz not null,
  constraint occupancy_pkey primary key (company_id, id),
  constraint occupancy_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint occupancy_person_fkey foreign key (company_id, person_id) references estate.person (company_id, id),
  constraint occupancy_role_known check (role in ('owner', 'tenant', 'family')),
  constraint occupancy_days_ordered check (to_on is null or from_on is null or to_on >= from_on)
);
select platform.distribute('estate.occupancy');
create index occupancy_unit_idx on estate.occupancy (company_id, unit_id);
create index occupancy_person_idx on estate.occupancy (company_id, person_id);

-- The permanent, revocable code printed for a unit: short code of the company, then random
-- characters and a check character.
create table estate.room_code (
  company_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  code text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint room_code_pkey primary key (company_id, id),
  constraint room_code_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint room_code_code_key unique (company_id, code)
);
select platform.distribute('estate.room_code');
create index room_code_unit_idx on estate.room_code (company_id, unit_id);
create unique index room_code_current_key on estate.room_code (company_id, unit_id)
  where revoked_at is null;
