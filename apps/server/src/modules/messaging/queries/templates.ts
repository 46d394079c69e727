import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Language } from '../message.ts';

export interface Place {
  readonly place: string;
  readonly variable: string;
}

export interface TemplateAtAccount {
  readonly accountId: string;
  readonly templateKey: string;
  readonly language: Language;
  readonly providerTemplateId: string;
  readonly places: readonly Place[];
}

export interface OwnText {
  readonly templateKey: string;
  readonly language: Language;
  readonly title: string;
  readonly body: string;
}

/** A few dozen: accounts × templates × languages. */
export async function templatesAtAccounts(tx: Tx): Promise<TemplateAtAccount[]> {
  return await tx.many(sql<TemplateAtAccount>`
    select account_id as "accountId", template_key as "templateKey", language,
      provider_template_id as "providerTemplateId", places
    from messaging.template_at_account where company_id = ${tx.companyId}
    order by template_key, account_id, language desc`);
}

export async function ownTexts(tx: Tx): Promise<OwnText[]> {
  return await tx.many(sql<OwnText>`
    select template_key as "templateKey", language, title, body
    from messaging.template_text where company_id = ${tx.companyId}`);
}
