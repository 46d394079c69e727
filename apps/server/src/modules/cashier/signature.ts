import type { Deps } from '../../platform/deps.ts';
import type { Signature } from './domain/login-state.ts';

const purpose = 'cashier.login-state';

export function signatureOf({ secrets }: Pick<Deps, 'secrets'>): Signature {
  return {
    sign: (text) => secrets.sign(purpose, text),
    isSigned: (text, signature) => secrets.hasSigned(purpose, text, signature),
  };
}
