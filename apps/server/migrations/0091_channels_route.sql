-- Routing rules: into which merchant account the money of a fee item goes. What is left out of a
-- rule is any; the channel is that of the account. Fee items belong to a module above this one, so
-- no foreign key points there. Locks nothing: a new table.
create table channels.route (
  company_id uuid not null,
  id uuid not null,
  community_id uuid,
  fee_item_id uuid,
  product text,
  merchant_account_id uuid not null,
  priority integer not null,
  created_at timestamptz not null,
  constraint route_pkey primary key (company_id, id),
  constraint route_company_fkey foreign key (company_id) references identity.company (id),
  constraint route_community_fkey foreign key (company_id, community_id) references estate.community (company_id, id),
  constraint route_account_fkey foreign key (company_id, merchant_account_id) references channels.merchant_account (company_id, id),
  constraint route_once_key unique nulls not distinct (company_id, community_id, fee_item_id, product, merchant_account_id),
  constraint route_product_form check (product ~ '^[a-z][a-z0-9-]{1,20}$'),
  constraint route_priority_range check (priority between 1 and 999)
);
select platform.distribute('channels.route');
