-- What became of disputes, for the bills that they are about. Until it is answered the text is only
-- planned, and nobody's to read. Locks nothing.
create view feedback.pub_dispute_answer with (security_invoker = true) as
  select d.company_id, d.id, d.bill_id, d.unit_id, t.account_id, d.state, d.opened_at, d.answer,
    case when d.state = 'answered' then d.answer_text end as answer_text, d.answered_at
  from feedback.dispute as d
  join feedback.ticket as t on t.company_id = d.company_id and t.id = d.id;
grant select on feedback.pub_dispute_answer to wuye_app, wuye_jobs;
