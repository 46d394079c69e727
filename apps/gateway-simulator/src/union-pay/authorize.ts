import type { Deps } from './deps.ts';
import type { Merchant } from './records.ts';
import { checkFields, rules } from './request-rules.ts';
import { Refusal } from './resp-codes.ts';
import { type Fields, isSignedByKey, isSignedBySecret } from './signature.ts';

/** Whose request it is. Throws a Refusal when its form or its signature is wrong. */
export function authorize(deps: Deps, fields: Fields | undefined): Merchant {
  if (fields === undefined) throw new Refusal('10', '同一个字段出现了两次');
  checkFields(fields, rules.common);
  const merchant = deps.records.merchants.get(fields.merId ?? '');
  if (merchant === undefined) throw new Refusal('30');
  if (!isSigned(merchant, fields)) throw new Refusal('11');
  return merchant;
}

function isSigned(merchant: Merchant, fields: Fields): boolean {
  if (fields.signMethod === '11') {
    return merchant.secureKey !== null && isSignedBySecret(fields, merchant.secureKey);
  }
  const certId = fields.certId ?? '';
  if (certId === '') throw new Refusal('13', '缺少 certId（证书ID）');
  const publicKeyPem = Object.hasOwn(merchant.keys, certId) ? merchant.keys[certId] : undefined;
  if (publicKeyPem === undefined) throw new Refusal('11', `没有登记证书 ${certId}`);
  return isSignedByKey(fields, publicKeyPem);
}
