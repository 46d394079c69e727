import { randomText } from '../crypto.ts';
import type { V2Input, V2Refused } from './call.ts';
import { type Fields, signFields, writeXml } from './xml.ts';

export type Answer = { status: number; body: string; headers: Record<string, string> };

const XML_TYPE = { 'content-type': 'text/xml; charset=utf-8' };

/** The message was not read: no signature and nothing else. */
export function transportAnswer(reason: string): Answer {
  const body = writeXml({ return_code: 'FAIL', return_msg: reason });
  return { status: 200, body, headers: XML_TYPE };
}

export function businessAnswer(input: V2Input, fields: Fields): Answer {
  return signedAnswer(input, { result_code: 'SUCCESS', ...fields });
}

export function refusedAnswer(input: V2Input, refused: V2Refused): Answer {
  const reason = { err_code: refused.code, err_code_des: refused.message };
  return signedAnswer(input, { result_code: 'FAIL', ...reason, ...refused.extra });
}

/** What v2 cannot express is the nearest it has: a wrong signature. */
const WRONG_SIGNATURE = new Set(['bad-signature', 'old-timestamp', 'unknown-serial']);

function signedAnswer(input: V2Input, fields: Fields): Answer {
  const fault = input.fault?.fault ?? '';
  if (fault === 'unparsable') {
    return { status: 200, body: '<html>502 Bad Gateway', headers: XML_TYPE };
  }
  const { appid, mch_id, sub_appid, sub_mch_id, sign_type } = input.fields;
  const parties = { appid, mch_id, sub_appid, sub_mch_id, sign_type };
  const known = Object.entries(parties).filter((pair): pair is [string, string] => !!pair[1]);
  const message: Fields = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    ...Object.fromEntries(known),
    nonce_str: randomText(32),
    ...fields,
  };
  const sign = signFields(message, input.key, input.signType);
  if (fault === 'body-changed') message.nonce_str = 'changed';
  if (fault !== 'unsigned') message.sign = WRONG_SIGNATURE.has(fault) ? `0${sign.slice(1)}` : sign;
  if (message.sign === sign && WRONG_SIGNATURE.has(fault)) message.sign = `1${sign.slice(1)}`;
  return { status: 200, body: writeXml(message), headers: XML_TYPE };
}
