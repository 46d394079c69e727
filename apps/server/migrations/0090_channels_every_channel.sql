-- Merchant accounts of every channel: addresses by name instead of WeChat's three, partner accounts
-- (服务商), and the credentials before the last rotation, which stay good for a while.
-- Locks channels.merchant_account for a moment; it has a handful of rows a company.

alter table channels.merchant_account
  add column sub_mch_id text not null default '',
  add column sub_app_id text not null default '',
  add column endpoints jsonb,
  add column previous_cipher bytea,
  add column rotated_at timestamptz;

update channels.merchant_account
set endpoints = jsonb_build_object('base', base_url, 'login', login_url, 'authorize', authorize_url);

alter table channels.merchant_account
  alter column endpoints set not null,
  drop column base_url,
  drop column login_url,
  drop column authorize_url;

alter table channels.merchant_account drop constraint merchant_account_mode_known;
alter table channels.merchant_account
  add constraint merchant_account_mode_form check (mode in ('certificate', 'public-key', 'secret-key'));

alter table channels.merchant_account drop constraint merchant_account_mch_key;
alter table channels.merchant_account
  add constraint merchant_account_once_key unique (company_id, channel, mch_id, app_id, sub_mch_id);
