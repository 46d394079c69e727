import type { ChannelContext, Credentials, RefusalReason } from '../channel.ts';
import { keyOfSigner } from './certificate.ts';
import { isTestEnvironment } from './endpoints.ts';
import type { Fields } from './fields.ts';
import { isSignedByKey, isSignedBySecret } from './sign.ts';

export type Verdict =
  | { readonly authentic: true }
  | { readonly authentic: false; readonly reason: RefusalReason };

/**
 * Believes fields only when UnionPay signed all of them, in the way of this account. While a
 * rotation lasts, in the way of before as well.
 */
export function verifyFields(context: ChannelContext, fields: Fields): Verdict {
  const { account, credentials, previousCredentials } = context;
  if (!fields.signature) return refused('header-missing');
  const wanted = account.mode === 'secret-key' ? '11' : '01';
  const isWanted = fields.signMethod === wanted;
  if (!isWanted && previousCredentials === undefined) return refused('wrong-algorithm');
  const now = isWanted ? check(context, fields, credentials) : refused('wrong-algorithm');
  if (now.authentic || previousCredentials === undefined) return now;
  const before = check(context, fields, previousCredentials);
  return before.authentic ? before : now;
}

function check(context: ChannelContext, fields: Fields, credentials: Credentials): Verdict {
  switch (fields.signMethod) {
    case '01': {
      const trust = {
        credentials,
        isTest: isTestEnvironment(context.account),
        now: context.clock.now(),
      };
      const key = keyOfSigner(fields.signPubKeyCert ?? '', trust);
      if (!key) return refused('unknown-serial');
      return isSignedByKey(fields, key) ? { authentic: true } : refused('bad-signature');
    }
    case '11': {
      const { secureKey } = credentials;
      if (!secureKey) return refused('wrong-algorithm');
      return isSignedBySecret(fields, secureKey) ? { authentic: true } : refused('bad-signature');
    }
    default:
      return refused('wrong-algorithm');
  }
}

function refused(reason: RefusalReason): Verdict {
  return { authentic: false, reason };
}
