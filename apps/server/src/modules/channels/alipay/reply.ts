import type { ChannelContext } from '../channel.ts';
import { asRecord, parseJson, textOf } from '../json.ts';
import { open } from './encryption.ts';
import { allSecrets, keysFor } from './keys.ts';
import { rawMembers } from './scan.ts';
import { isSignedBy } from './sign.ts';

export type Wire = Readonly<Record<string, unknown>>;

/**
 * What came of a call. `done`: the signed answer says that the call succeeded. `refusal`: it says
 * no, and `isSigned` tells whether that is more than a hint. All else is `unknown`.
 */
export type Reply =
  | { readonly kind: 'done'; readonly code: string; readonly wire: Wire; readonly raw: string }
  | {
      readonly kind: 'refusal';
      readonly isSigned: boolean;
      readonly code: string;
      /** The word that tells; the code itself where there is none. */
      readonly subCode: string;
      readonly message: string;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

export type Refusal = Reply & { readonly kind: 'refusal' };

export const codes = { success: '10000', underWay: '10003' } as const;
/** The service is unavailable, or we call too often: the same call may succeed in a minute. */
const notNow: ReadonlySet<string> = new Set(['20000', '40005']);
/** Words behind which anything may have happened. */
const unclear = /SYSTEM_ERROR$|UNKNOW_ERROR$|^isp\.|unknow-error$/;

/** Believes the answer of a method when its own characters are signed by a key we trust. */
export async function readReply(
  context: ChannelContext,
  method: string,
  body: string,
): Promise<Reply> {
  const members = rawMembers(body);
  const name = `${method.replaceAll('.', '_')}_response`;
  const value = members?.get(name) ?? members?.get('error_response');
  if (!members || value === undefined) return unknown('the answer is not one to this call');
  const signature = wordOf(members.get('sign'));
  if (signature === undefined) return unsigned(value);
  const certificateSn = wordOf(members.get('alipay_cert_sn'));
  const keys = await keysFor(context, certificateSn);
  if (keys.length === 0) return unknown(`not verified: no key of ${certificateSn ?? 'Alipay'}`);
  if (!keys.some((key) => isSignedBy(key, value, signature))) {
    return unknown('not verified: bad-signature');
  }
  const clear = clearOf(context, value);
  const wire = clear && asRecord(parseJson(clear));
  if (!clear || !wire) return unknown('the signed answer is not readable');
  return judge(wire, clear, true);
}

export function unknown(reason: string): Reply & { readonly kind: 'unknown' } {
  return { kind: 'unknown', reason };
}

/** Nobody vouches for it: it can be a reason to show, never a success. */
function unsigned(value: string): Reply {
  const wire = asRecord(parseJson(value));
  const reply = wire ? judge(wire, value, false) : undefined;
  return reply?.kind === 'refusal' ? reply : unknown('not verified: the answer has no signature');
}

function judge(wire: Wire, raw: string, isSigned: boolean): Reply {
  // The login's answer has no code when it succeeds.
  const code = textOf(wire.code) ?? (wire.access_token === undefined ? '' : codes.success);
  if (code === codes.success || code === codes.underWay) return { kind: 'done', code, wire, raw };
  const subCode = textOf(wire.sub_code) ?? code;
  if (code === '' || notNow.has(code) || unclear.test(subCode)) {
    return unknown(`${subCode || 'no code'} (${code})`);
  }
  const message = textOf(wire.sub_msg) ?? textOf(wire.msg) ?? '';
  return { kind: 'refusal', isSigned, code, subCode, message };
}

/** A sealed answer is a string; one that only says no may come unsealed. */
function clearOf(context: ChannelContext, value: string): string | undefined {
  const sealed = wordOf(value);
  if (sealed === undefined) return value;
  for (const { aesKey } of allSecrets(context)) {
    const clear = aesKey && open(sealed, aesKey);
    // Under a wrong key one text in 256 opens, as rubbish.
    if (clear && asRecord(parseJson(clear))) return clear;
  }
  return undefined;
}

/** @param json a JSON string, as characters */
function wordOf(json: string | undefined): string | undefined {
  return json === undefined ? undefined : textOf(parseJson(json));
}
