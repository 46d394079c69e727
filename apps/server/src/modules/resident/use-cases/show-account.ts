import type { MeView, ResidentSessionView, SignInWays } from '@wuye-pay/contract';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Wallet } from '../../../platform/http/index.ts';
import type { ResidentDeps } from '../doors.ts';
import { accountRow, companyRow, sessionRows } from '../queries/account.ts';
import { hashOfToken } from '../request-token.ts';
import { scopeOf } from './wallet-code.ts';

export async function meOf(
  tx: Tx,
  { demo }: Pick<Deps, 'demo'>,
  accountId: string,
): Promise<MeView> {
  const { companyName, shortCode, wallets, ...account } = await accountRow(tx, accountId);
  return {
    ...account,
    company: { name: companyName, shortCode },
    wallets: wallets.map(({ walletId, scope, linkedAt }) => ({
      walletId,
      channel: scope.split('/')[0] ?? scope,
      appId: scope.slice(scope.indexOf('/') + 1),
      linkedAt: new Date(linkedAt).toISOString(),
    })),
    demo,
  };
}

export function showMe(deps: Pick<Deps, 'db' | 'demo'>, actor: ResidentActor): Promise<MeView> {
  return deps.db.read(actor.companyId, (tx) => meOf(tx, deps, actor.id));
}

export async function showSessions(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: ResidentActor,
  token: string | undefined,
): Promise<{ items: ResidentSessionView[] }> {
  const tokenSha256 = token === undefined ? null : hashOfToken(token);
  const input = { accountId: actor.id, tokenSha256, at: deps.clock.now() };
  const rows = await deps.db.read(actor.companyId, (tx) => sessionRows(tx, input));
  return {
    items: rows.map(({ createdAt, lastSeenAt, userAgent, ip: _ip, ...session }) => ({
      ...session,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      device: deviceName(userAgent),
    })),
  };
}

/** What people call the device that a browser says it is. */
export function deviceName(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const known = [
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/HarmonyOS|HUAWEI/, '华为'],
    [/Android/, 'Android'],
    [/Macintosh/, 'Mac'],
    [/Windows/, 'Windows'],
  ] as const;
  return known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
}

/** How one can sign in to a company's app here and now. */
export function showWays(
  deps: ResidentDeps,
  input: { readonly companyId: string; readonly wallet: Wallet },
): Promise<SignInWays> {
  return deps.db.read(input.companyId, async (tx) => {
    const company = await companyRow(tx);
    const wallets: SignInWays['wallets'] = [];
    for (const { name, label, wallet, canLogIn } of deps.doors.channels()) {
      const account = canLogIn ? await deps.doors.accountOfApp(tx, { channel: name }) : undefined;
      if (!account) continue;
      const query = new URLSearchParams({ company: company.shortCode });
      wallets.push({
        channel: name,
        appId: scopeOf(account).slice(name.length + 1),
        label,
        isHere: wallet === input.wallet,
        loginUrl: `${deps.publicUrl}/api/resident/wallet-login/${name}?${query.toString()}`,
      });
    }
    return { company, wallets };
  });
}
