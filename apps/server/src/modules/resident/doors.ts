import type { Tx } from '../../platform/database/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { MerchantAccount, PayerLogin } from '../channels/index.ts';
import type { MessageContent, NewMessage, SendAnswer } from '../messaging/index.ts';

/** What the app has to know of a channel. */
export interface WalletFacts {
  readonly name: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly wallet: string | undefined;
  readonly canLogIn: boolean;
}

export interface WalletPhoneQuestion {
  readonly channel: 'wechat-pay' | 'alipay';
  readonly appId: string;
  readonly code?: string;
  readonly encrypted?: string;
}

/**
 * What lies outside this module; compose.ts hands it in. `identity`, `channels`, `messaging` and
 * `bank` fit as they are; tests bring a wallet and a phone of their own.
 */
export interface ResidentDoors {
  companyByShortCode(
    deps: Deps,
    shortCode: string,
  ): Promise<{ readonly companyId: string; readonly shortCode: string } | undefined>;
  /** Every channel that there is. */
  channels(): readonly WalletFacts[];
  /** The account of a channel whose app residents sign in to; of that app where one is named. */
  accountOfApp(
    tx: Tx,
    app: { readonly channel: string; readonly appId?: string },
  ): Promise<MerchantAccount | undefined>;
  merchantAccountByNumber(tx: Tx, number: number): Promise<MerchantAccount | undefined>;
  authorizeUrl(
    deps: Deps,
    account: MerchantAccount,
    login: { readonly redirectUrl: string; readonly state: string },
  ): string;
  readLoginReturn(
    channel: string,
    query: URLSearchParams,
  ): { readonly code: string; readonly state: string };
  openIdOf(
    deps: Deps,
    account: MerchantAccount,
    login: { readonly code: string; readonly userAgent: string },
  ): Promise<PayerLogin>;
  openIdOfMiniProgram(deps: Deps, account: MerchantAccount, code: string): Promise<PayerLogin>;
  phoneOfWallet(
    deps: Deps,
    companyId: string,
    question: WalletPhoneQuestion,
  ): Promise<{ readonly phone: string } | { readonly failed: string }>;
  sendNow(
    deps: Deps,
    companyId: string,
    message: NewMessage & { readonly content: MessageContent },
  ): Promise<SendAnswer>;
  enqueueMessages(tx: Tx, deps: Deps, messages: readonly NewMessage[]): Promise<number>;
  /** The unit of a number that stands on printed notices (缴费识别码). */
  unitOfAccountNumber(tx: Tx, text: string): Promise<string | undefined>;
}

export type ResidentDeps = Deps & { readonly doors: ResidentDoors };
