import type { AnswerFault, NotifyFault } from '../faults.ts';
import { signOf, withNonce } from './signature.ts';
import type { Fields } from './xml.ts';

/** A message of ours with its signature, spoilt as the fault says. */
export function signed(
  fields: Fields,
  key: string,
  fault: AnswerFault | NotifyFault | undefined,
): Fields {
  const bare = withNonce(fields);
  switch (fault) {
    case 'unsigned':
      return bare;
    case 'bad-signature':
    case 'signature-probe':
      return { ...bare, sign: changed(signOf(bare, key)) };
    case 'old-timestamp': // There are neither times nor certificates: another key signs.
    case 'unknown-serial':
      return { ...bare, sign: signOf(bare, `not-${key}`) };
    case 'body-changed':
    case 'tampered-ciphertext':
    case 'bad-tag':
      return { ...withMore(bare), sign: signOf(bare, key) };
    default:
      return { ...bare, sign: signOf(bare, key) };
  }
}

/** A fen more where there is an amount; another nonce elsewhere. */
function withMore(fields: Fields): Fields {
  const { total_fee: totalFee, nonce_str: nonce = '' } = fields;
  if (totalFee === undefined) return { ...fields, nonce_str: changed(nonce) };
  return { ...fields, total_fee: `${Number(totalFee) + 1}` };
}

function changed(sign: string): string {
  return (sign.startsWith('0') ? '1' : '0') + sign.slice(1);
}
