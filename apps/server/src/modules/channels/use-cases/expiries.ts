import type { Words } from '../description.ts';
import { daysLeft, type ExpiryLevel, levelOf } from '../domain/expiry.ts';
import { type ChannelDeps, openAccount } from '../open-account.ts';
import { channelOf } from '../registry.ts';

export interface Expiry {
  readonly kind: 'platform' | 'own';
  readonly label: Words;
  readonly serial: string | null;
  readonly at: Date;
  readonly daysLeft: number;
  readonly level: ExpiryLevel;
}

interface Keyed {
  readonly companyId: string;
  readonly id: string;
  readonly channel: string;
  readonly keys: readonly { readonly serial: string; readonly validTo: string | null }[];
}

/**
 * Keys and certificates of an account with a last day, the next one first. A platform key that
 * ended after another one took over is history and warns nobody.
 */
export async function expiriesOf(deps: ChannelDeps, account: Keyed): Promise<Expiry[]> {
  const now = deps.clock.now();
  const told = (one: Pick<Expiry, 'kind' | 'label' | 'serial' | 'at'>): Expiry => ({
    ...one,
    daysLeft: daysLeft(one.at, now),
    level: levelOf(one.at, now),
  });
  const platform = account.keys.flatMap(({ serial, validTo }) =>
    validTo === null
      ? []
      : [told({ kind: 'platform', label: platformLabel, serial, at: new Date(validTo) })],
  );
  const own = await ownOf(deps, account);
  const last = platform.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
  const current = platform.filter((one) => one === last || one.level === 'good');
  return [...own.map(told), ...current].sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function ownOf(deps: ChannelDeps, { companyId, id, channel }: Keyed) {
  const { description, expiriesOf: read } = channelOf(channel);
  if (!read) return [];
  const context = await openAccount(deps, companyId, { id });
  return (context ? read(context.credentials) : []).map(({ field, at }) => ({
    kind: 'own' as const,
    label: description.secrets.find(({ name }) => name === field)?.label ?? {
      zh: field,
      en: field,
    },
    serial: null,
    at,
  }));
}

const platformLabel: Words = { zh: '平台证书', en: 'Platform certificate' };
