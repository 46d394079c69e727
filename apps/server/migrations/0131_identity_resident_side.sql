-- Permissions of the resident side for the built-in roles of companies that exist already. Locks
-- the rows of these roles for a moment.
update identity.role set permissions = permissions || array['billing.adjust', 'prepayment.read',
  'autopay.read', 'autopay.write', 'resident.read', 'resident.approve', 'messaging.read',
  'messaging.write', 'reminders.read', 'reminders.write', 'feedback.read', 'feedback.reply',
  'content.read', 'content.write']
where name_en = 'Administrator' and not ('resident.read' = any (permissions));
update identity.role set permissions = permissions || array['billing.adjust', 'prepayment.read',
  'autopay.read', 'autopay.write', 'resident.read', 'messaging.read', 'reminders.read',
  'feedback.read', 'content.read']
where name_en = 'Finance' and not ('resident.read' = any (permissions));
update identity.role set permissions = permissions || array['prepayment.read', 'resident.read',
  'feedback.read', 'feedback.reply']
where name_en = 'Cashier' and not ('resident.read' = any (permissions));
update identity.role set permissions = permissions || array['prepayment.read', 'autopay.read',
  'resident.read', 'resident.approve', 'messaging.read', 'reminders.read', 'reminders.write',
  'feedback.read', 'feedback.reply', 'content.read', 'content.write']
where name_en = 'Site manager' and not ('resident.read' = any (permissions));
update identity.role set permissions = permissions || array['prepayment.read', 'autopay.read',
  'resident.read', 'messaging.read', 'reminders.read', 'feedback.read', 'content.read']
where name_en = 'Read only' and not ('resident.read' = any (permissions));
