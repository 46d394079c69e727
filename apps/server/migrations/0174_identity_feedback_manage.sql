-- Who sets categories, routing and hours of tickets. Locks the rows of built-in roles for a moment.
update identity.role set permissions = permissions || array['feedback.manage']
where name_en in ('Administrator', 'Site manager')
  and not ('feedback.manage' = any (permissions));
