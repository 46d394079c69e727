-- How paying went can be asked of who paid by a room code as well, known by the hash of a wallet's or
-- browser's id as payments are. Locks feedback.survey for a moment.
alter table feedback.survey alter column account_id drop not null;
alter table feedback.survey add column payer_key text;
alter table feedback.survey add constraint survey_asked_one check (
  (account_id is null) <> (payer_key is null));
