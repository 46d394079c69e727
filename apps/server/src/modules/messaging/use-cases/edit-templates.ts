import type { MessageTemplatePreview, MessageTemplateView } from '@wuye-pay/contract';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { textProblems } from '../domain/check-text.ts';
import { fillText } from '../domain/fill-text.ts';
import { multiplied } from '../domain/price.ts';
import { segmentsOf, smsText } from '../domain/sms-length.ts';
import { templateOf, templates } from '../domain/templates/index.ts';
import type { TemplateDefinition } from '../domain/variable.ts';
import { messagingErrors } from '../errors.ts';
import type { Language } from '../message.ts';
import type { MessagingDeps } from '../open-account.ts';
import { accountById, accountsOf } from '../queries/accounts.ts';
import { companyOf } from '../queries/settings.ts';
import { ownTexts, type Place, templatesAtAccounts } from '../queries/templates.ts';
import { isProvider, providerOf } from '../registry.ts';
import { deleteAtAccount, deleteText, saveAtAccount, saveText } from '../store/template-store.ts';

type TemplateDeps = Pick<MessagingDeps, 'db' | 'clock' | 'publicUrl'>;

export async function viewTemplates(
  deps: TemplateDeps,
  companyId: string,
): Promise<MessageTemplateView[]> {
  return await deps.db.read(companyId, async (tx) => {
    const [own, at] = await Promise.all([ownTexts(tx), templatesAtAccounts(tx)]);
    return templates.map((template) => viewOf(template, own, at));
  });
}

/** @throws MESSAGE_TEMPLATE_NOT_FOUND */
export async function viewTemplate(
  deps: TemplateDeps,
  companyId: string,
  key: string,
): Promise<MessageTemplateView> {
  const template = required(key);
  return await deps.db.read(companyId, async (tx) => {
    const [own, at] = await Promise.all([ownTexts(tx), templatesAtAccounts(tx)]);
    return viewOf(template, own, at);
  });
}

function viewOf(
  template: TemplateDefinition,
  own: Awaited<ReturnType<typeof ownTexts>>,
  at: Awaited<ReturnType<typeof templatesAtAccounts>>,
): MessageTemplateView {
  const { key, purpose, label, variables } = template;
  const languages: readonly Language[] = ['zh', 'en'];
  return {
    ...{ key, purpose, label },
    isMarketing: template.isMarketing ?? false,
    hasLink: template.hasLink ?? false,
    variables: [...variables],
    texts: languages.map((language) => {
      const mine = own.find((each) => each.templateKey === key && each.language === language);
      const { title, body } = mine ?? template.texts[language];
      return { language, title, body, isBuiltIn: mine === undefined };
    }),
    atAccounts: at
      .filter(({ templateKey }) => templateKey === key)
      .map(({ accountId, language, providerTemplateId, places }) => ({
        ...{ accountId, language, providerTemplateId },
        places: [...places],
      })),
  };
}

function required(key: string): TemplateDefinition {
  const template = templateOf(key);
  if (!template) throw messagingErrors.MESSAGE_TEMPLATE_NOT_FOUND();
  return template;
}

interface TextInput {
  readonly actor: Actor;
  readonly key: string;
  readonly language: Language;
  readonly title: string;
  readonly body: string;
}

/** Empty title and body bring the built-in words back. @throws MESSAGE_TEMPLATE_INVALID */
export async function editText(deps: TemplateDeps, input: TextInput): Promise<MessageTemplateView> {
  const { actor, key, language, title, body } = input;
  const template = required(key);
  const isReset = title.trim() === '' && body.trim() === '';
  const problems = isReset ? [] : textProblems(template, { title, body });
  if (problems.length > 0) {
    throw messagingErrors.MESSAGE_TEMPLATE_INVALID({
      problems: problems.map(({ zh }) => ({ field: 'body', reason: zh })),
    });
  }
  const at = deps.clock.now();
  await deps.db.transaction(actor.companyId, async (tx) => {
    if (isReset) await deleteText(tx, key, language);
    else await saveText(tx, { templateKey: key, language, title, body, at, by: actor.name });
    await note(deps, tx, actor, key, { language, isReset });
  });
  return await viewTemplate(deps, actor.companyId, key);
}

interface AtAccountInput {
  readonly actor: Actor;
  readonly key: string;
  readonly accountId: string;
  readonly language: Language;
  readonly providerTemplateId: string;
  readonly places: readonly Place[];
}

/** @throws MESSAGE_TEMPLATE_INVALID, MESSAGE_ACCOUNT_NOT_FOUND */
export async function editAtAccount(
  deps: TemplateDeps,
  input: AtAccountInput,
): Promise<MessageTemplateView> {
  const { actor, key, accountId, language, providerTemplateId, places } = input;
  const template = required(key);
  const at = deps.clock.now();
  await deps.db.transaction(actor.companyId, async (tx) => {
    const account = await accountById(tx, accountId);
    if (!account || !isProvider(account.provider)) {
      throw messagingErrors.MESSAGE_ACCOUNT_NOT_FOUND();
    }
    const given = { accountId, templateKey: key, language, providerTemplateId, places };
    if (providerTemplateId.trim() === '') await deleteAtAccount(tx, given);
    else {
      refuseWrongPlaces(template, account.provider, language, places);
      await saveAtAccount(tx, given, at);
    }
    await note(deps, tx, actor, key, { accountId, language, providerTemplateId });
  });
  return await viewTemplate(deps, actor.companyId, key);
}

function refuseWrongPlaces(
  template: TemplateDefinition,
  provider: string,
  language: Language,
  places: readonly Place[],
): void {
  const samples = samplesOf(template, language);
  const fits = providerOf(provider).placeProblem;
  const problems = places.flatMap(({ place, variable }, index) => {
    const field = `places.${index}`;
    const sample = samples[variable];
    if (sample === undefined) {
      const reason = `没有变量 ${variable}，可用：${Object.keys(samples).join('、')}`;
      return [{ field, reason }];
    }
    const problem = fits?.(place, sample);
    return problem ? [{ field, reason: problem.zh }] : [];
  });
  if (new Set(places.map(({ place }) => place)).size < places.length) {
    problems.push({ field: 'places', reason: '同一个位置填了两次' });
  }
  if (problems.length > 0) throw messagingErrors.MESSAGE_TEMPLATE_INVALID({ problems });
}

const sampleLink = '/s/k3m9xq';

function samplesOf(template: TemplateDefinition, language: Language): Record<string, string> {
  const samples = template.variables.map(({ name, sample }) => [name, sample[language]]);
  const link = template.hasLink
    ? { link: `https://pay.example.com${sampleLink}`, linkCode: 'k3m9xq' }
    : {};
  return { ...Object.fromEntries(samples), ...link };
}

async function note(
  deps: TemplateDeps,
  tx: Tx,
  actor: Actor,
  key: string,
  detail: Readonly<Record<string, string | boolean>>,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    ...{ actor, action: 'messaging.change_template', subjectKind: 'message-template' },
    subjectId: key,
    detail: { ...detail },
  });
}

interface PreviewInput {
  readonly companyId: string;
  readonly key: string;
  readonly language: Language;
  readonly title: string;
  readonly body: string;
}

/** What would be sent, with the samples. @throws MESSAGE_TEMPLATE_NOT_FOUND */
export async function previewText(
  deps: TemplateDeps,
  { companyId, key, language, title, body }: PreviewInput,
): Promise<MessageTemplatePreview> {
  const template = required(key);
  const samples = samplesOf(template, language);
  const link = template.hasLink ? `${deps.publicUrl}${sampleLink}` : undefined;
  const filled = fillText(body, samples, link);
  return await deps.db.read(companyId, async (tx) => {
    const [accounts, company] = await Promise.all([accountsOf(tx), companyOf(tx)]);
    const account = accounts.find(
      ({ provider, state }) =>
        state === 'active' && isProvider(provider) && providerOf(provider).description.isPriced,
    );
    const isMarketing = template.isMarketing ?? false;
    const signature = account?.settings['signName'] ?? company.name;
    const whole = smsText({ signature, body: filled }, { isMarketing, language });
    const segments = segmentsOf(whole);
    return {
      title: fillText(title, samples, link),
      body: filled,
      smsText: whole,
      smsLength: whole.length,
      segments,
      costYuan: account ? multiplied(account.unitPriceYuan, segments) : null,
      problems: textProblems(template, { title, body }),
    };
  });
}
