import type { MessageAccountView, MessageProviderView } from '@wuye-pay/contract';
import { messagingErrors } from '../errors.ts';
import { type MessagingDeps, openSecrets } from '../open-account.ts';
import type { ProviderDescription, ProviderField } from '../provider.ts';
import { type AccountRow, accountById, accountsOf } from '../queries/accounts.ts';
import { companyOf } from '../queries/settings.ts';
import { adviceFor } from '../reason-words.ts';
import { allProviders, isProvider, providerOf } from '../registry.ts';

export async function viewAccounts(
  deps: MessagingDeps,
  companyId: string,
): Promise<MessageAccountView[]> {
  return await deps.db.read(companyId, async (tx) => {
    const [rows, { shortCode }] = await Promise.all([accountsOf(tx), companyOf(tx)]);
    return rows
      .filter(({ provider }) => isProvider(provider))
      .map((row) => viewOf(deps, { companyId, shortCode }, row));
  });
}

/** @throws MESSAGE_ACCOUNT_NOT_FOUND */
export async function viewAccount(
  deps: MessagingDeps,
  companyId: string,
  id: string,
): Promise<MessageAccountView> {
  return await deps.db.read(companyId, async (tx) => {
    const [row, { shortCode }] = await Promise.all([accountById(tx, id), companyOf(tx)]);
    if (!row || !isProvider(row.provider)) throw messagingErrors.MESSAGE_ACCOUNT_NOT_FOUND();
    return viewOf(deps, { companyId, shortCode }, row);
  });
}

function viewOf(
  deps: MessagingDeps,
  { companyId, shortCode }: { companyId: string; shortCode: string },
  row: AccountRow,
): MessageAccountView {
  const { id, number, provider, name, appId, settings, endpoints, receiptKey } = row;
  const { description } = providerOf(provider);
  const { troubleCode: code, troubleAt: at, troubleUntil: until } = row;
  const now = deps.clock.now();
  const isInTrouble = code !== null && at !== null && until !== null && until > now;
  return {
    ...{ id, number, provider, name, appId, settings, endpoints, via: description.via },
    secretsSet: Object.keys(openSecrets(deps, companyId, row.credentials)),
    receiptUrl: description.hasReceipts
      ? `${deps.notifyUrl}/message-receipts/${shortCode}/${number}/${receiptKey}`
      : null,
    unitPriceYuan: shortened(row.unitPriceYuan),
    priority: row.priority,
    state: row.state,
    trouble: isInTrouble
      ? {
          ...{ code, at: at.toISOString(), until: until.toISOString() },
          advice: adviceFor(provider, code),
        }
      : null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** 0.0450 → 0.045 */
function shortened(price: string): string {
  return price.includes('.') ? price.replace(/\.?0+$/, '') : price;
}

export function viewProviders(): MessageProviderView[] {
  return allProviders().map(({ description }) => providerView(description));
}

function providerView(description: ProviderDescription): MessageProviderView {
  const { name, label, via, appId, fields, endpoints, guide, needsTemplate, places } = description;
  return {
    ...{ name, label, via, endpoints, needsTemplate },
    appId: appId ? fieldView(appId) : null,
    fields: fields.map(fieldView),
    guide: [...guide],
    places: places ?? null,
    isPriced: description.isPriced ?? false,
    testTo: description.testTo,
  };
}

function fieldView({ name, kind, label, hint, pattern, choices, isOptional }: ProviderField) {
  return {
    ...{ name, kind, label },
    hint: hint ?? null,
    pattern: pattern ?? null,
    choices: [...(choices ?? [])],
    isOptional: isOptional ?? false,
  };
}
