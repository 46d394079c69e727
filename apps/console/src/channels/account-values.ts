import type { Body } from '../api/client.ts';

export const modes = ['public-key', 'certificate'] as const;

type Credentials = Body<'POST /api/merchant-accounts'>['credentials'];

export interface AccountValues {
  readonly name: string;
  readonly mchId: string;
  readonly appId: string;
  readonly mode: (typeof modes)[number];
  readonly credentials?: Partial<Credentials>;
  readonly publicKey?: { readonly id?: string; readonly pem?: string };
}

/** All of them, for a new account; what is missing the server names. */
export function credentialsOf(given: Partial<Credentials> = {}): Credentials {
  const { merchantSerial = '', privateKeyPem = '', apiV3Key = '', appSecret = '' } = given;
  return { merchantSerial: merchantSerial.trim(), privateKeyPem, apiV3Key, appSecret };
}

/** Only those that were filled in; undefined when none was. */
export function givenOf(given: Partial<Credentials> = {}): Partial<Credentials> | undefined {
  const filled = Object.entries(given).filter(([, value]) => value !== '' && value !== undefined);
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}

export function publicKeyOf({
  mode,
  publicKey,
}: AccountValues): { id: string; pem: string } | undefined {
  if (mode !== 'public-key' || !publicKey?.id || !publicKey.pem) return undefined;
  return { id: publicKey.id.trim(), pem: publicKey.pem };
}
