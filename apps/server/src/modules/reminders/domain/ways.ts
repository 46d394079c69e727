/** The part of a contact that ways are chosen by. */
export interface Reachable {
  readonly accountId: string | null;
  readonly role: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly walletIds: readonly { readonly scope: string; readonly openId: string }[];
  readonly devices: readonly { readonly provider: 'jpush' | 'getui'; readonly token: string }[];
}

/** Whether a plan means this person. */
export function isMeant(audience: string, contact: Reachable): boolean {
  switch (audience) {
    case 'bound':
      return contact.accountId !== null;
    case 'owner':
      return contact.role === 'owner';
    default:
      return audience === 'everybody';
  }
}

export type Way =
  | { via: 'wechat-subscription' | 'alipay-message'; to: WalletTo }
  | { via: 'push'; to: { kind: 'device'; provider: 'jpush' | 'getui'; token: string } }
  | { via: 'sms'; to: { kind: 'phone'; phone: string } }
  | { via: 'email'; to: { kind: 'email'; address: string } };
interface WalletTo {
  kind: 'wallet';
  scope: string;
  openId: string;
}

/** How somebody can be reached by the wanted ways, in their order. */
export function waysTo(vias: readonly string[], contact: Reachable): Way[] {
  return vias.flatMap((via): Way[] => {
    switch (via) {
      case 'wechat-subscription':
        return wallets(contact, 'wechat').map((to) => ({ via, to }));
      case 'alipay-message':
        return wallets(contact, 'alipay').map((to) => ({ via, to }));
      case 'push':
        return contact.devices.map((device) => ({ via, to: { kind: 'device', ...device } }));
      case 'sms':
        return contact.phone ? [{ via, to: { kind: 'phone', phone: contact.phone } }] : [];
      case 'email':
        return contact.email ? [{ via, to: { kind: 'email', address: contact.email } }] : [];
      default:
        return [];
    }
  });
}

function wallets({ walletIds }: Reachable, channel: string): WalletTo[] {
  return walletIds
    .filter(({ scope }) => scope.startsWith(channel))
    .map((wallet) => ({ kind: 'wallet', ...wallet }));
}
