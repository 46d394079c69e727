import type { Signature } from '../../platform/crypto/signed-state.ts';
import type { Deps } from '../../platform/deps.ts';

const purpose = 'cashier.login-state';

export function signatureOf({ secrets }: Pick<Deps, 'secrets'>): Signature {
  return {
    sign: (text) => secrets.sign(purpose, text),
    isSigned: (text, signature) => secrets.hasSigned(purpose, text, signature),
  };
}
