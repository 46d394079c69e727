import { isLoopback } from '../../../platform/config.ts';
import type { Problem } from '../../../platform/errors.ts';
import { messagingErrors } from '../errors.ts';
import type { MessagingDeps } from '../open-account.ts';
import type { ProviderField } from '../provider.ts';
import type { AccountRow } from '../queries/accounts.ts';
import { providerOf } from '../registry.ts';

type Values = Readonly<Record<string, string>>;

/** @throws MESSAGE_ACCOUNT_INVALID with every field that is wrong */
export function checkAccount(
  deps: Pick<MessagingDeps, 'demo' | 'publicUrl'>,
  row: AccountRow,
  values: Values,
): void {
  const { description, check } = providerOf(row.provider);
  const known = new Set(description.fields.map(({ name }) => name));
  const problems: Problem[] = [
    ...(description.appId ? fieldProblems('appId', description.appId, row.appId) : []),
    ...description.fields.flatMap((field) =>
      fieldProblems(`credentials.${field.name}`, field, values[field.name] ?? ''),
    ),
    ...Object.keys(values)
      .filter((name) => !known.has(name))
      .map((name) => ({ field: `credentials.${name}`, reason: '这个服务商没有这一项' })),
    ...endpointProblems(deps, row),
  ];
  // What is incomplete is not worth a look inside.
  const all = problems.length > 0 ? problems : (check?.(values) ?? []);
  if (all.length > 0) throw messagingErrors.MESSAGE_ACCOUNT_INVALID({ problems: all });
}

function fieldProblems(name: string, field: ProviderField, value: string): Problem[] {
  if (value === '') {
    return field.isOptional ? [] : [{ field: name, reason: `请填写${field.label.zh}` }];
  }
  const isKnown = field.choices?.some((choice) => choice.value === value) ?? true;
  const fits = field.pattern === undefined || new RegExp(`^(?:${field.pattern})$`).test(value);
  if (isKnown && fits) return [];
  const hint = field.hint ? `：${field.hint.zh}` : '';
  return [{ field: name, reason: `${field.label.zh}的格式不对${hint}` }];
}

/** The server calls these addresses: only the provider's own, or this machine's in demo mode. */
function endpointProblems(
  deps: Pick<MessagingDeps, 'demo' | 'publicUrl'>,
  row: AccountRow,
): Problem[] {
  const own = providerOf(row.provider).description.endpoints;
  return Object.entries(row.endpoints).flatMap(([name, url]) => {
    const field = `endpoints.${name}`;
    const known = own[name];
    if (known === undefined) return [{ field, reason: '这个服务商没有这个地址' }];
    if (url === known) return [];
    const host = URL.canParse(url) ? new URL(url).hostname : '';
    if (deps.demo && (isLoopback(host) || url.startsWith(`${deps.publicUrl}/`))) return [];
    return [{ field, reason: `只能使用服务商的正式地址 ${known}（演示模式可用本机地址）` }];
  });
}
