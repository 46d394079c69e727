import type { AnswerFault, FaultPlace, Taken } from '../../faults.ts';
import type { Party } from '../party.ts';
import type { PayDeps } from '../pay.ts';
import type { Merchant } from '../records.ts';
import type { Fields, SignType } from './xml.ts';

/** What a call of v2 is given once its signature is known to be good. */
export type V2Input = {
  merchant: Merchant;
  party: Party;
  fields: Fields;
  signType: SignType;
  key: string;
  fault: Taken<AnswerFault> | undefined;
};

export type V2Call = {
  paths: readonly string[];
  at: Exclude<FaultPlace, 'notify'>;
  /** Fields without which the message is not read. */
  required: readonly string[];
  /** The fields of a success. Throws a V2Refused. */
  run(deps: PayDeps, input: V2Input): Fields;
};

/** `result_code` FAIL with its reason. */
export class V2Refused extends Error {
  readonly code: string;
  readonly extra: Fields;

  constructor(code: string, text: string, extra: Fields = {}) {
    super(text);
    this.code = code;
    this.extra = extra;
  }
}

/** A whole number of fen; refused as the gateway does. */
export function readFen(fields: Fields, name: string): number {
  const value = fields[name] ?? '';
  if (/^[1-9]\d{0,11}$/.test(value)) return Number(value);
  throw new V2Refused('PARAM_ERROR', `${name}参数错误：须为正整数，单位分`);
}

export function checkLength(fields: Fields, name: string, mostBytes: number): void {
  if (Buffer.byteLength(fields[name] ?? '') > mostBytes) {
    throw new V2Refused('PARAM_ERROR', `${name}参数长度超过${mostBytes}个字节`);
  }
}

/** The order number of a new order: 6 to 32 letters, digits and `_-|*@`. */
export function checkOrderNumber(fields: Fields): string {
  const value = fields.out_trade_no ?? '';
  if (/^[0-9A-Za-z_\-|*@]{6,32}$/.test(value)) return value;
  throw new V2Refused('PARAM_ERROR', 'out_trade_no参数错误');
}
