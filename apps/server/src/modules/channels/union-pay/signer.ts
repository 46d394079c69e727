import type { ChannelContext } from '../channel.ts';
import { certIdOf } from './certificate.ts';
import type { Fields } from './fields.ts';
import { signedByKey, signedBySecret } from './sign.ts';

/** certIds by the certificate's text: reading one costs more than a signature's hash. */
const certIds = new WeakMap<object, string>();

/** Adds what every message says of us, and the signature. What is empty is left out. */
export function signed(context: ChannelContext, fields: Fields): Fields {
  const { account, credentials } = context;
  const filled = Object.entries(fields).filter(([, value]) => value !== '');
  const common = {
    version: '5.1.0',
    encoding: 'UTF-8',
    accessType: '0',
    merId: account.mchId,
    ...Object.fromEntries(filled),
  };
  if (account.mode === 'secret-key') {
    const message = { ...common, signMethod: '11' };
    return { ...message, signature: signedBySecret(message, credentials.secureKey ?? '') };
  }
  const message = { ...common, certId: certId(context), signMethod: '01' };
  return { ...message, signature: signedByKey(message, context.signingKey) };
}

function certId({ credentials }: ChannelContext): string {
  const known = certIds.get(credentials);
  if (known !== undefined) return known;
  const read = certIdOf(credentials.certificatePem ?? '');
  certIds.set(credentials, read);
  return read;
}
