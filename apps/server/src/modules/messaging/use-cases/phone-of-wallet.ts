import { type MessagingDeps, openAccount } from '../open-account.ts';
import { TokenRefused, type WalletPhone } from '../provider.ts';
import { accountsOf } from '../queries/accounts.ts';
import { isProvider, providerOf } from '../registry.ts';

interface PhoneInput {
  readonly channel: 'wechat-pay' | 'alipay';
  readonly appId: string;
  /** From WeChat's button. */
  readonly code?: string;
  /** From Alipay's: `{"response":…,"sign":…}` as it came. */
  readonly encrypted?: string;
}

/** The phone that a person agreed to give in their wallet. Call it outside a transaction. */
export async function phoneOfWallet(
  deps: MessagingDeps,
  companyId: string,
  { channel, appId, ...proof }: PhoneInput,
): Promise<WalletPhone> {
  const to = { kind: 'wallet', scope: `${channel}/${appId}`, openId: '' } as const;
  const accounts = await deps.db.read(companyId, accountsOf);
  const account = accounts.find(
    ({ provider, state, ...row }) =>
      state === 'active' &&
      isProvider(provider) &&
      providerOf(provider).phoneOf !== undefined &&
      providerOf(provider).reaches(row, to),
  );
  const context = account && (await openAccount(deps, companyId, account.id));
  const provider = account && providerOf(account.provider);
  if (!context || !provider?.phoneOf) return { failed: 'no-account' };
  try {
    return await provider.phoneOf(context, proof);
  } catch (error) {
    if (error instanceof TokenRefused) return { failed: error.code };
    deps.log.warn({ err: error, channel }, 'a wallet did not tell the phone');
    return { failed: 'no-answer' };
  }
}
