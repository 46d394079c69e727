import type { Tx } from '../../platform/database/index.ts';
import type { Candidate } from './domain/choose-attempt.ts';
import { fillText, linkCodeOf } from './domain/fill-text.ts';
import { segmentsOf, smsText } from './domain/sms-length.ts';
import { templateOf } from './domain/templates/index.ts';
import type { TemplateText } from './domain/variable.ts';
import type { Language, MessageContent, Route } from './message.ts';
import type { Outgoing } from './provider.ts';
import { type AccountRow, accountsOf } from './queries/accounts.ts';
import { companyOf } from './queries/settings.ts';
import { ownTexts, type Place, templatesAtAccounts } from './queries/templates.ts';
import { isProvider, providerOf } from './registry.ts';

/** A company's accounts, templates and texts, as one batch of messages needs them. */
export interface Book {
  readonly accounts: readonly AccountRow[];
  readonly companyName: string;
  /** The accounts that can bring the template to the address, in their order. */
  candidates(templateKey: string, language: Language, route: Route): Candidate[];
  text(templateKey: string, language: Language): TemplateText;
  write(input: WriteInput): Written;
}

interface WriteInput {
  readonly templateKey: string;
  readonly content: MessageContent;
  readonly routeNo: number;
  readonly accountId: string;
}

export interface Written {
  readonly outgoing: Omit<Outgoing, 'requestKey' | 'startedAt' | 'ttlSeconds'>;
  /** Of what is paid by the segment. */
  readonly segments: number | null;
  /** As an SMS: with the signature. */
  readonly wholeText: string;
}

interface AtAccount {
  readonly id: string;
  readonly places: readonly Place[];
}

export async function loadBook(tx: Tx): Promise<Book> {
  const [rows, atAccounts, texts, company] = await Promise.all([
    accountsOf(tx),
    templatesAtAccounts(tx),
    ownTexts(tx),
    companyOf(tx),
  ]);
  const accounts = rows.filter(({ provider, state }) => isProvider(provider) && state === 'active');
  const numbers = new Map(
    atAccounts.map((each) => [
      `${each.accountId}/${each.templateKey}/${each.language}`,
      { id: each.providerTemplateId, places: each.places },
    ]),
  );
  const own = new Map(texts.map((each) => [`${each.templateKey}/${each.language}`, each]));
  /** In the other language rather than not at all. */
  const at = (accountId: string, key: string, language: Language): AtAccount | undefined =>
    numbers.get(`${accountId}/${key}/${language}`) ?? numbers.get(`${accountId}/${key}/zh`);
  const text = (key: string, language: Language): TemplateText => {
    const found = own.get(`${key}/${language}`) ?? templateOf(key)?.texts[language];
    if (!found) throw new Error(`no such message template: ${key}`);
    return found;
  };
  const candidates: Book['candidates'] = (key, language, { via, to }) =>
    accounts
      .filter((account) => {
        const { description, reaches } = providerOf(account.provider);
        if (description.via !== via || !reaches(account, to)) return false;
        return !description.needsTemplate || at(account.id, key, language) !== undefined;
      })
      .map(({ id, troubleUntil }) => ({ accountId: id, troubleUntil }));
  return {
    accounts,
    companyName: company.name,
    candidates,
    text,
    write(input) {
      const account = accounts.find(({ id }) => id === input.accountId);
      if (!account) throw new Error(`no such message account: ${input.accountId}`);
      const { language } = input.content;
      const known = at(account.id, input.templateKey, language) ?? { id: '', places: [] };
      return write(input, { account, known, text: text(input.templateKey, language) });
    },
  };
}

interface Known {
  readonly account: AccountRow;
  readonly known: AtAccount;
  readonly text: TemplateText;
}

function write(input: WriteInput, { account, known, text }: Known): Written {
  const { templateKey, content, routeNo } = input;
  const { variables, link, language } = content;
  const route = content.routes[routeNo];
  const template = templateOf(templateKey);
  if (!route || !template) throw new Error(`message without route or template: ${templateKey}`);
  const body = fillText(text.body, variables, link);
  const provider = providerOf(account.provider);
  const values: Record<string, string> = { ...variables, linkCode: linkCodeOf(link) };
  if (link !== undefined) values['link'] = link;
  const places = placesOf(known, template).map(({ place, variable }) => {
    const value = values[variable] ?? '';
    return { place, value: provider.fitPlace?.(place, value) ?? value };
  });
  const isMarketing = template.isMarketing ?? false;
  const whole = smsText(
    { signature: account.settings['signName'] ?? '', body },
    { isMarketing, language },
  );
  return {
    outgoing: {
      to: route.to,
      templateId: known.id,
      places,
      title: fillText(text.title, variables, link),
      body,
      link,
      language,
    },
    segments: provider.description.isPriced ? segmentsOf(whole) : null,
    wholeText: whole,
  };
}

/** Without a choice of its own, a template's places are its variables in their order. */
function placesOf(
  { places }: AtAccount,
  template: { readonly variables: readonly { readonly name: string }[]; readonly hasLink?: true },
): readonly Place[] {
  if (places.length > 0) return places;
  const names = [
    ...template.variables.map(({ name }) => name),
    ...(template.hasLink ? ['linkCode'] : []),
  ];
  return names.map((name) => ({ place: name, variable: name }));
}
