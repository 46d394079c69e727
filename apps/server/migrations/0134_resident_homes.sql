-- How homes are bound: invitations of owners, applications that staff decide on. Locks
-- resident.binding for a moment.
create table resident.invitation (
  company_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  -- Of the owner who invites.
  account_id uuid not null,
  role text not null,
  note text,
  -- Blind index: the code itself is shown once and written nowhere.
  code_index bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  constraint invitation_pkey primary key (company_id, id),
  constraint invitation_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint invitation_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint invitation_guest_fkey foreign key (company_id, accepted_by) references resident.account (company_id, id),
  constraint invitation_code_key unique (company_id, code_index),
  constraint invitation_role_known check (role in ('tenant', 'family', 'payer')),
  constraint invitation_accepted_whole check ((accepted_at is null) = (accepted_by is null)),
  constraint invitation_ends_once check (accepted_at is null or revoked_at is null)
);
select platform.distribute('resident.invitation');
-- What is open at a home.
create index invitation_unit_idx on resident.invitation (company_id, unit_id)
  where accepted_at is null and revoked_at is null;

create table resident.application (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  role text not null,
  -- As the applicant writes it; null once the account is closed.
  name_cipher bytea,
  name_index bytea,
  name_masked text,
  reason text,
  state text not null default 'open',
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decision_reason text,
  constraint application_pkey primary key (company_id, id),
  constraint application_account_fkey foreign key (company_id, account_id) references resident.account (company_id, id),
  constraint application_unit_fkey foreign key (company_id, unit_id) references estate.unit (company_id, id),
  constraint application_role_known check (role in ('owner', 'tenant', 'family', 'payer')),
  constraint application_state_known check (state in ('open', 'approved', 'rejected', 'withdrawn')),
  constraint application_decided_whole check ((decided_at is not null) = (state <> 'open')
    and (decided_by is not null) = (state in ('approved', 'rejected'))
    and (decided_by is null) = (decision_reason is null)
    and (decided_by is null) = (decided_by_name is null))
);
select platform.distribute('resident.application');
-- One open wish of an account for a home; the inbox reads the open ones.
create unique index application_open_key on resident.application (company_id, account_id, unit_id)
  where state = 'open';
create index application_newest_idx on resident.application (company_id, created_at desc, id desc);
create index application_account_idx on resident.application (company_id, account_id);

create table resident.application_photo (
  company_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  media_type text not null,
  content_cipher bytea not null,
  created_at timestamptz not null,
  constraint application_photo_pkey primary key (company_id, id),
  constraint application_photo_of_fkey foreign key (company_id, application_id) references resident.application (company_id, id),
  constraint application_photo_type_known check (media_type in ('image/jpeg', 'image/png'))
);
select platform.distribute('resident.application_photo');
create index application_photo_of_idx on resident.application_photo (company_id, application_id);

alter table resident.binding add column invitation_id uuid;
alter table resident.binding add column application_id uuid;
-- Of the member of staff who bound it.
alter table resident.binding add column bound_by_name text;
alter table resident.binding add constraint binding_invitation_fkey
  foreign key (company_id, invitation_id) references resident.invitation (company_id, id);
alter table resident.binding add constraint binding_application_fkey
  foreign key (company_id, application_id) references resident.application (company_id, id);
alter table resident.binding add constraint binding_shown_how check (
  (bound_by = 'invitation') = (invitation_id is not null)
  and (bound_by = 'application') = (application_id is not null)
  and (bound_by in ('application', 'staff')) = (bound_by_name is not null));
-- One acceptance of an invitation, one binding of an application.
create unique index binding_invitation_key on resident.binding (company_id, invitation_id)
  where invitation_id is not null;
create unique index binding_application_key on resident.binding (company_id, application_id)
  where application_id is not null;

-- Who lives or lived where, without saying who they are; for the end of bindings.
create view estate.pub_occupancy with (security_invoker = true) as
  select company_id, unit_id, person_id, role, from_on, to_on from estate.occupancy;
grant select on estate.pub_occupancy to wuye_app, wuye_jobs;
