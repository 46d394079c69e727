import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { ChannelName, KeyMode } from './product.ts';

/** A merchant account (商户号) without its secrets. */
export interface MerchantAccount {
  readonly companyId: string;
  readonly id: string;
  /** Short public number, part of the notify URL. */
  readonly number: number;
  readonly channel: ChannelName;
  readonly name: string;
  /** Of the partner (服务商) when `subMchId` is there. */
  readonly mchId: string;
  /** Empty where the channel knows no apps. */
  readonly appId: string;
  /** The company's own number when it is served by a partner. */
  readonly subMchId: string | null;
  readonly subAppId: string | null;
  /** Origins and pages by the names of the channel's description. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly mode: KeyMode;
  readonly state: 'active' | 'disabled';
}

/** A key under which the channel signs what it says. */
export interface PlatformKey {
  readonly serial: string;
  readonly kind: KeyMode;
  readonly pem: string;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
}

export type Credentials = Readonly<Record<string, string>>;

/** One request and its answer, for the record; secrets are already masked. */
export interface Message {
  readonly verb: string;
  readonly orderNo: string | null;
  readonly request: string;
  readonly response: string;
  readonly status: number | null;
  readonly outcome: 'verified' | 'refused' | 'unknown';
  readonly durationMs: number;
  readonly sentAt: Date;
}

/** What an adapter is given: one account, opened. It knows neither the database nor the core. */
export interface ChannelContext {
  readonly account: MerchantAccount;
  /** Where the channel shall notify this account. */
  readonly notifyUrl: string;
  readonly credentials: Credentials;
  /** What the credentials were before the last rotation, while its overlap lasts. */
  readonly previousCredentials: Credentials | undefined;
  /** The key of `credentials.privateKeyPem`, parsed once. @throws Error where there is none */
  readonly signingKey: KeyObject;
  readonly clock: Clock;
  /** The trusted key of a serial, as far as it is known here. */
  readonly knownKey: (serial: string) => KeyObject | undefined;
  /** All trusted keys that are good now: for messages that do not say which one signed them. */
  readonly knownKeys?: () => readonly KeyObject[];
  /** The trusted key of a serial, looked up anew at the channel at most once a minute. */
  readonly findKey: (serial: string) => Promise<KeyObject | undefined>;
  readonly record: (message: Message) => Promise<void>;
}
