import type { Clock } from '../../platform/clock.ts';
import type { Words } from './domain/variable.ts';
import type { Language, MessageTo, Via } from './message.ts';

/** One value that an account consists of, as the console asks for it. */
export interface ProviderField {
  readonly name: string;
  /** `secret` and `pem` are kept sealed and never shown. */
  readonly kind: 'text' | 'secret' | 'pem' | 'choice';
  readonly label: Words;
  readonly hint?: Words;
  /** A regular expression over the whole value. */
  readonly pattern?: string;
  readonly choices?: readonly { readonly value: string; readonly label: Words }[];
  readonly isOptional?: true;
}

/** All that the core and the console need to know of a provider, so that they name none. */
export interface ProviderDescription {
  readonly name: string;
  readonly label: Words;
  readonly via: Via;
  readonly appId?: ProviderField;
  readonly fields: readonly ProviderField[];
  /** The provider's own addresses by name. Other ones are accepted in demo mode only. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** What to fetch and do at the provider, in order. */
  readonly guide: readonly Words[];
  /** A template is approved at the provider first, under a number of theirs. */
  readonly needsTemplate: boolean;
  /** How the places of such a template are named; left out where places are not chosen. */
  readonly places?: Words;
  readonly isPriced?: true;
  readonly hasReceipts?: true;
  readonly testTo: Words;
  /** What to do about a refusal, by the provider's code or its beginning up to a `*`. */
  readonly advice: Readonly<Record<string, Words>>;
}

export interface ProviderAccount {
  readonly id: string;
  readonly companyId: string;
  readonly provider: string;
  readonly number: number;
  readonly appId: string;
  readonly endpoints: Readonly<Record<string, string>>;
}

export interface FreshToken {
  readonly value: string;
  readonly expiresAt: Date;
}

/** What an adapter is given: one account, opened. It knows neither the database nor the core. */
export interface ProviderContext {
  readonly account: ProviderAccount;
  /** Settings and secrets by the names of the description's fields. */
  readonly values: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /**
   * The access token of the account's app, fetched once for all processes.
   * @param stale a token that the provider has just refused
   * @throws TokenRefused when the provider gives none
   */
  readonly token: (fetch: () => Promise<FreshToken>, stale?: string) => Promise<string>;
}

/** The provider's clear refusal to give a token: the account is at fault, not the message. */
export class TokenRefused extends Error {
  override name = 'TokenRefused';
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** One message for one receiver, rendered. */
export interface Outgoing {
  /** 32 letters and digits; the same on every repeat of one attempt. */
  readonly requestKey: string;
  readonly to: MessageTo;
  readonly templateId: string;
  /** Which place of the provider's template takes which value, in order. */
  readonly places: readonly { readonly place: string; readonly value: string }[];
  readonly title: string;
  readonly body: string;
  readonly link: string | undefined;
  readonly language: Language;
  /** When it was first sent. */
  readonly startedAt: Date;
  /** Seconds it is worth delivering. */
  readonly ttlSeconds: number;
}

export type Outcome =
  | { readonly kind: 'accepted'; readonly providerNo: string | null }
  /**
   * A clear no. `recipient`: not to this one; `content`: not this template or text;
   * `account`: not from this account, whatever the message.
   */
  | {
      readonly kind: 'refused';
      readonly scope: 'recipient' | 'content' | 'account';
      readonly code: string;
      readonly detail: string;
    }
  /** A clear "not now". */
  | { readonly kind: 'later'; readonly code: string; readonly detail: string }
  /** It may have been taken. */
  | { readonly kind: 'unknown'; readonly code: string; readonly detail: string };

export type Found =
  | Outcome
  /** The provider knows of no such message, long enough after it was sent. */
  | { readonly kind: 'absent' };

/** What a provider tells about a message it took. */
export interface Receipt {
  /** The provider's number, and ours where it gives it back; empty where it does not. */
  readonly providerNo: string;
  readonly requestKey: string;
  readonly isDelivered: boolean;
  readonly code: string;
  readonly at: Date | null;
}

/** Somebody answered "no more". */
export interface Refusal {
  readonly phone: string;
}

export interface ReadReceipts {
  readonly receipts: readonly Receipt[];
  readonly refusals: readonly Refusal[];
  /** What the provider wants to hear, as JSON or as text. */
  readonly answer: string;
  readonly answerType: 'application/json' | 'text/plain';
}

/** One provider. It translates and nothing else: sign, send, read. */
export interface Provider {
  readonly description: ProviderDescription;
  /** Whether an account of this provider reaches the address at all. */
  reaches(account: Pick<ProviderAccount, 'appId'>, to: MessageTo): boolean;
  /** @returns problems of the values, by field */
  check?(values: Readonly<Record<string, string>>): { field: string; reason: string }[];
  /** Cuts a value where the provider's rules allow it. */
  fitPlace?(place: string, value: string): string;
  /** What the provider would say of the value at the place. */
  placeProblem?(place: string, value: string): Words | undefined;
  send(context: ProviderContext, outgoing: Outgoing): Promise<Outcome>;
  /**
   * What became of an attempt without a clear answer: asks, or repeats it where the provider knows
   * it again. Left out where there is no way to learn it.
   */
  resolve?(context: ProviderContext, outgoing: Outgoing): Promise<Found>;
  /** The phone that a person has agreed to give, from what their wallet handed over. */
  phoneOf?(context: ProviderContext, proof: WalletProof): Promise<WalletPhone>;
  /** @throws Error for what is no receipt of this provider */
  readReceipts?(context: ProviderContext, raw: RawReceipt): ReadReceipts;
}

export interface RawReceipt {
  readonly method: 'GET' | 'POST';
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

/** WeChat hands over a code, Alipay the number itself, sealed and signed. */
export interface WalletProof {
  readonly code?: string;
  readonly encrypted?: string;
}

export type WalletPhone = { readonly phone: string } | { readonly failed: string };
