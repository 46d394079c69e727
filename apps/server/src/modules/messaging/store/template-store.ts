import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { OwnText, TemplateAtAccount } from '../queries/templates.ts';

export async function saveText(tx: Tx, text: OwnText & { at: Date; by: string }): Promise<void> {
  const { templateKey, language, title, body, at, by } = text;
  const id = derivedId('messaging.template_text', tx.companyId, templateKey, language);
  await tx.run(sql`
    insert into messaging.template_text (company_id, id, template_key, language, title, body,
      updated_at, updated_by)
    values (${tx.companyId}, ${id}, ${templateKey}, ${language}, ${title}, ${body}, ${at}, ${by})
    on conflict (company_id, id) do update set title = excluded.title, body = excluded.body,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
}

export async function deleteText(tx: Tx, templateKey: string, language: string): Promise<void> {
  await tx.run(sql`
    delete from messaging.template_text
    where company_id = ${tx.companyId} and template_key = ${templateKey}
      and language = ${language}`);
}

export async function saveAtAccount(tx: Tx, given: TemplateAtAccount, at: Date): Promise<void> {
  const { accountId, templateKey, language, providerTemplateId, places } = given;
  const key = [accountId, templateKey, language];
  const id = derivedId('messaging.template_at_account', tx.companyId, ...key);
  await tx.run(sql`
    insert into messaging.template_at_account (company_id, id, account_id, template_key, language,
      provider_template_id, places, updated_at)
    values (${tx.companyId}, ${id}, ${accountId}, ${templateKey}, ${language},
      ${providerTemplateId}, ${JSON.stringify(places)}, ${at})
    on conflict (company_id, id) do update set
      provider_template_id = excluded.provider_template_id, places = excluded.places,
      updated_at = excluded.updated_at`);
}

export async function deleteAtAccount(
  tx: Tx,
  {
    accountId,
    templateKey,
    language,
  }: Pick<TemplateAtAccount, 'accountId' | 'templateKey' | 'language'>,
): Promise<void> {
  await tx.run(sql`
    delete from messaging.template_at_account
    where company_id = ${tx.companyId} and account_id = ${accountId}
      and template_key = ${templateKey} and language = ${language}`);
}
