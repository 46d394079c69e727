import type { ChannelView } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import type { AccountField, ChannelDescription, Registration, Words } from '../description.ts';
import { allChannels } from '../registry.ts';

type UrlDeps = Pick<Deps, 'publicUrl'>;

/** What the console needs to know of every channel, so that it knows none by name. */
export function describeChannels(deps: UrlDeps): ChannelView[] {
  return allChannels().map(({ description }) => viewOf(deps, description));
}

function viewOf(deps: UrlDeps, description: ChannelDescription): ChannelView {
  const { name, label, color, endpoints, guide, refundDays, partialRefunds } = description;
  return {
    name,
    label,
    color,
    endpoints,
    guide: [...guide],
    refundDays,
    partialRefunds,
    wallet: description.wallet ?? null,
    products: [...description.products],
    modes: [...description.modes],
    ids: idsOf(description).map(fieldOf),
    secrets: description.secrets.map((field) => ({ ...fieldOf(field), kind: field.kind })),
    registrations: registrationsOf(deps, description),
    codePattern: description.codePattern?.source ?? null,
    statements: [...description.statements],
  };
}

function idsOf(description: ChannelDescription): AccountField[] {
  const { mchId, appId, subMchId, subAppId } = description;
  const partner = [subMchId, subAppId].flatMap((field) =>
    field ? [{ ...field, isOptional: true }] : [],
  );
  return [mchId, ...(appId ? [appId] : []), ...partner];
}

function fieldOf(field: AccountField) {
  return {
    name: field.name,
    label: field.label,
    hint: field.hint ?? null,
    pattern: field.pattern ?? null,
    isOptional: field.isOptional ?? false,
    modes: field.modes ? [...field.modes] : null,
  };
}

/**
 * The addresses to enter at the provider.
 * @param notifyUrl of one account; without it an address that holds it stays open
 */
export function registrationsOf(
  { publicUrl }: UrlDeps,
  { registrations }: ChannelDescription,
  notifyUrl?: string,
): ChannelView['registrations'] {
  const values = { origin: publicUrl, host: new URL(publicUrl).host, notifyUrl };
  return registrations.map(({ label, where, value }: Registration) => ({
    label: filledWords(label, values),
    where: filledWords(where, values),
    value: value.includes('{notifyUrl}') && notifyUrl === undefined ? null : fill(value, values),
  }));
}

type Values = Readonly<Record<'origin' | 'host' | 'notifyUrl', string | undefined>>;

function filledWords({ zh, en }: Words, values: Values): Words {
  return { zh: fill(zh, values), en: fill(en, values) };
}

function fill(text: string, values: Values): string {
  return text.replace(
    /\{(origin|host|notifyUrl)\}/g,
    (open, name: keyof Values) => values[name] ?? open,
  );
}
