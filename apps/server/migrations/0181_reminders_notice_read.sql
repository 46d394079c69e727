-- When somebody saw a message in the app's list. Opening its link is another thing: it counts for
-- the effect. Locks the table for an instant: a column without a default rewrites nothing.
alter table reminders.notice add column read_at timestamptz;
