-- What other modules may read of the estate. Locks nothing.
create view estate.pub_community with (security_invoker = true) as
  select company_id, id, name, address from estate.community;

create view estate.pub_unit with (security_invoker = true) as
  select u.company_id, u.id, u.community_id, u.building_id, b.name as building_name, u.entrance,
    u.floor, u.door_no, u.kind, u.label, u.sort_key, u.moved_in_on, u.state
  from estate.unit as u
  join estate.building as b on b.company_id = u.company_id and b.id = u.building_id;

create view estate.pub_unit_area with (security_invoker = true) as
  select company_id, unit_id, effective_on, built_m2, inner_m2, chargeable_m2
  from estate.unit_area;

-- The owners of today and before, masked.
create view estate.pub_owner with (security_invoker = true) as
  select o.company_id, o.unit_id, o.person_id, p.name_masked, p.phone_masked, o.from_on, o.to_on
  from estate.occupancy as o
  join estate.person as p on p.company_id = o.company_id and p.id = o.person_id
  where o.role = 'owner';

grant select on estate.pub_community, estate.pub_unit, estate.pub_unit_area, estate.pub_owner
  to wuye_app, wuye_jobs;
