import { type Fen, fen, subtract, yuanText } from '@wuye-pay/money';
import { beijingDigits } from '../beijing-time.ts';
import type { StatementLine } from '../statement.ts';
import { instantNear } from './trade.ts';
import type { ZmeRecord, ZmRecord } from './zm.ts';

/** A record of the transactions. @returns undefined when time or amounts are none */
export function lineOfZm(
  record: ZmRecord,
  facts: { readonly day: string; readonly mchId: string },
): StatementLine | undefined {
  const at = clockOf(record.txnTime, facts.day);
  const amount = /^\d{12}$/.test(record.txnAmt) ? fen(Number(record.txnAmt)) : undefined;
  const fee = signedOf(record.merFee);
  const settled = signedOf(record.settleAmt);
  if (at === undefined || amount === undefined || !fee || !settled) return undefined;
  const kind = kindOf(record, facts.mchId);
  const isRefund = kind === 'refund';
  return {
    kind,
    at,
    orderNo: isRefund ? record.origOrderId : record.orderId,
    tradeNo: isRefund ? record.origQueryId : record.queryId,
    refundNo: isRefund ? record.orderId : '',
    channelRefundNo: isRefund ? record.queryId : '',
    amountFen: kind === 'other' ? inOurFavour(settled, amount) : amount,
    feeYuan: kind === 'other' ? '0.00' : yuanText(feeOf(kind, fee, settled)),
    state: record.txnCode,
  };
}

/** A record of the errors (差错, 拒付): kept for a person to read. */
export function lineOfZme(record: ZmeRecord, day: string): StatementLine {
  const amount = /^\d{12}$/.test(record.txnAmt) ? fen(Number(record.txnAmt)) : fen(0);
  const settled = signedOf(record.signedAmt) ?? nothing;
  return {
    kind: 'other',
    at: clockOf(record.txnTime, day) ?? day,
    orderNo: '',
    tradeNo: '',
    refundNo: '',
    channelRefundNo: '',
    amountFen: inOurFavour(settled, amount),
    feeYuan: '0.00',
    state: `ZME ${record.txnCode}`,
  };
}

function kindOf({ txnType, merId }: ZmRecord, mchId: string): StatementLine['kind'] {
  if (merId !== '' && merId !== mchId) return 'other';
  if (txnType === '01') return 'payment';
  return txnType === '04' || txnType === '31' ? 'refund' : 'other';
}

/** MMDDhhmmss of the gateway's clock; a day of January may begin in December. */
function clockOf(digits: string, day: string): string | undefined {
  const at = instantNear(digits, new Date(`${day}T12:00:00+08:00`));
  if (!at) return undefined;
  return beijingDigits(at).replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6');
}

/** An amount behind its letter, C or D; '' where a shorter record ends before it. */
interface Signed {
  readonly letter: string;
  readonly amountFen: Fen;
}

const nothing: Signed = { letter: '', amountFen: fen(0) };

function signedOf(text: string): Signed | undefined {
  if (text === '') return nothing;
  const [, letter = '', digits = ''] = /^([CD]?)(\d{11,12})$/.exec(text) ?? [];
  return digits === '' ? undefined : { letter, amountFen: fen(Number(digits)) };
}

/**
 * Which letter is in our favour is told by the record itself: what a payment settles is. A fee
 * under that letter comes back, under the other it is a cost.
 */
function feeOf(kind: 'payment' | 'refund', fee: Signed, settled: Signed): Fen {
  const isSame = fee.letter === settled.letter;
  const isCost = settled.letter === '' ? fee.letter !== 'C' : (kind === 'payment') !== isSame;
  return isCost ? fee.amountFen : negated(fee.amountFen);
}

/** Of what is neither payment nor refund; without a letter it counts against us. */
function inOurFavour({ letter, amountFen }: Signed, amount: Fen): Fen {
  if (letter === '') return negated(amount);
  return letter === 'C' ? amountFen : negated(amountFen);
}

function negated(amount: Fen): Fen {
  return subtract(fen(0), amount);
}
