import type { StatementEntry } from '../entry.ts';
import { readAmount } from './amount-text.ts';
import { readDay } from './day-text.ts';
import type { RowProblem, StatementFacts } from './read-row.ts';

/** One transaction of an entry; a batch has several. */
interface CamtDetail {
  amount: string;
  currency: string;
  indicator: string;
  endToEndId: string;
  servicerReference: string;
  debtor: string;
  debtorAccount: string;
  debtorBank: string;
  creditor: string;
  creditorAccount: string;
  creditorBank: string;
  readonly remittance: string[];
}

/** The words of an entry as they come, not yet judged. */
export interface CamtEntry {
  readonly ownAccount: string;
  amount: string;
  currency: string;
  indicator: string;
  reversal: string;
  status: string;
  bookedOn: string;
  valueOn: string;
  reference: string;
  servicerReference: string;
  information: string;
  readonly details: CamtDetail[];
}

export function newEntry({ ownAccount }: StatementFacts): CamtEntry {
  return {
    ownAccount,
    amount: '',
    currency: '',
    indicator: '',
    reversal: '',
    status: '',
    bookedOn: '',
    valueOn: '',
    reference: '',
    servicerReference: '',
    information: '',
    details: [],
  };
}

function newDetail(): CamtDetail {
  return {
    amount: '',
    currency: '',
    indicator: '',
    endToEndId: '',
    servicerReference: '',
    debtor: '',
    debtorAccount: '',
    debtorBank: '',
    creditor: '',
    creditorAccount: '',
    creditorBank: '',
    remittance: [],
  };
}

type Attributes = Readonly<Record<string, string>>;
const details = 'NtryDtls/TxDtls/';

/** Takes one element of an entry, by its path below Ntry; "NtryDtls/TxDtls<" begins a detail. */
export function readEntryElement(
  entry: CamtEntry,
  where: string,
  text: string,
  attributes: Attributes,
): void {
  if (where === 'NtryDtls/TxDtls<') return void entry.details.push(newDetail());
  const detail = entry.details.at(-1);
  if (where.startsWith(details)) {
    if (detail) readDetail(detail, where.slice(details.length), text, attributes);
    return;
  }
  switch (where) {
    case 'Amt':
      entry.amount = text;
      entry.currency = attributes['Ccy'] ?? '';
      return;
    case 'CdtDbtInd':
      entry.indicator = text;
      return;
    case 'RvslInd':
      entry.reversal = text;
      return;
    // A bare text until version .03, a code from .04 on, or the bank's own word.
    case 'Sts':
    case 'Sts/Cd':
    case 'Sts/Prtry':
      entry.status ||= text;
      return;
    case 'BookgDt/Dt':
    case 'BookgDt/DtTm':
      entry.bookedOn = text;
      return;
    case 'ValDt/Dt':
    case 'ValDt/DtTm':
      entry.valueOn = text;
      return;
    case 'NtryRef':
      entry.reference = text;
      return;
    case 'AcctSvcrRef':
      entry.servicerReference = text;
      return;
    case 'AddtlNtryInf':
      entry.information = text;
      return;
    default:
      return;
  }
}

function readDetail(detail: CamtDetail, where: string, text: string, attributes: Attributes): void {
  // Parties are a name of their own until version .06, and inside Pty from .07 on.
  const party = /^RltdPties\/(UltmtDbtr|Dbtr|Cdtr|UltmtCdtr)\/(?:Pty\/)?Nm$/.exec(where)?.[1];
  if (party === 'Dbtr') detail.debtor = text;
  else if (party === 'UltmtDbtr') detail.debtor ||= text;
  else if (party === 'Cdtr') detail.creditor = text;
  else if (party === 'UltmtCdtr') detail.creditor ||= text;
  const account = /^RltdPties\/(Dbtr|Cdtr)Acct\/Id\/(?:IBAN|Othr\/Id)$/.exec(where)?.[1];
  if (account === 'Dbtr') detail.debtorAccount = text;
  else if (account === 'Cdtr') detail.creditorAccount = text;
  const agent = /^RltdAgts\/(Dbtr|Cdtr)Agt\/FinInstnId\/Nm$/.exec(where)?.[1];
  if (agent === 'Dbtr') detail.debtorBank = text;
  else if (agent === 'Cdtr') detail.creditorBank = text;
  if (where === 'Amt' || (where === 'AmtDtls/TxAmt/Amt' && detail.amount === '')) {
    detail.amount = text;
    detail.currency = attributes['Ccy'] ?? '';
  }
  if (where === 'CdtDbtInd') detail.indicator = text;
  if (where === 'Refs/EndToEndId' && text !== 'NOTPROVIDED') detail.endToEndId = text;
  if (where === 'Refs/AcctSvcrRef') detail.servicerReference = text;
  const isRemark = ['RmtInf/Ustrd', 'RmtInf/Strd/CdtrRefInf/Ref', 'AddtlTxInf'].includes(where);
  if (isRemark && text !== '') detail.remittance.push(text);
}

/**
 * The entries of one Ntry: one for each transaction of a batch whose amounts come to the entry's,
 * else one for the entry as a whole.
 */
export function entriesOf(
  entry: CamtEntry,
  entryNo: number,
): { readonly entries: StatementEntry[]; readonly problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const refuse = (column: string, value: string, reason: string) => {
    const advice = '请让银行重新导出对账单';
    const severity = 'error';
    problems.push({ severity, row: entryNo, column, header: null, value, reason, advice });
  };
  const amountFen = readAmount(entry.amount);
  const bookedOn = readDay(entry.bookedOn || entry.valueOn, 'auto');
  if (!amountFen || amountFen < 0) refuse('Amt', entry.amount, '不是大于零的金额');
  if (entry.currency !== 'CNY') refuse('Amt/@Ccy', entry.currency, '不是人民币');
  if (entry.indicator !== 'CRDT' && entry.indicator !== 'DBIT') {
    refuse('CdtDbtInd', entry.indicator, '没有写明收入还是支出');
  }
  if (bookedOn === undefined) refuse('BookgDt', entry.bookedOn, '没有记账日期');
  if (problems.length > 0 || !amountFen || bookedOn === undefined) {
    return { entries: [], problems };
  }
  const isReversal = /^(true|1)$/.test(entry.reversal);
  const base = { rowNo: entryNo, bookedOn, isReversal, balanceFen: null };
  const parts = partsOf(entry, amountFen);
  const entries = parts.map((part, index) => ({
    ...base,
    ...part,
    bankReference: referenceOf(entry, parts.length === 1 ? undefined : index),
  }));
  return { entries, problems };
}

type Part = Omit<
  StatementEntry,
  'rowNo' | 'bookedOn' | 'isReversal' | 'balanceFen' | 'bankReference'
>;

function partsOf(entry: CamtEntry, amountFen: NonNullable<ReturnType<typeof readAmount>>): Part[] {
  const [only] = entry.details;
  const isOne = entry.details.length === 1 && only;
  if (isOne) return [partOf(entry, only, entry.indicator, amountFen)];
  const parts = entry.details.flatMap((detail) => {
    const value = detail.currency === 'CNY' ? readAmount(detail.amount) : undefined;
    return value && value > 0
      ? [partOf(entry, detail, detail.indicator || entry.indicator, value)]
      : [];
  });
  const sign = (direction: string) => (direction === 'credit' ? 1 : -1);
  const total = parts.reduce((sum, part) => sum + sign(part.direction) * part.amountFen, 0);
  const wanted = (entry.indicator === 'CRDT' ? 1 : -1) * amountFen;
  const isWhole = parts.length === entry.details.length && parts.length > 1 && total === wanted;
  if (isWhole) return parts;
  // The transactions do not come to the entry: it stays one, for a person to look at.
  const whole = newDetail();
  whole.remittance.push(...entry.details.flatMap(({ remittance }) => remittance));
  return [partOf(entry, whole, entry.indicator, amountFen)];
}

function partOf(
  entry: CamtEntry,
  detail: CamtDetail,
  indicator: string,
  amountFen: Part['amountFen'],
): Part {
  const isCredit = indicator === 'CRDT';
  const paidTo = detail.creditorAccount.replace(/\s/g, '');
  const remark = detail.remittance.length > 0 ? detail.remittance : [entry.information];
  return {
    direction: isCredit ? 'credit' : 'debit',
    amountFen,
    endToEndId: detail.endToEndId || null,
    subAccount:
      isCredit && paidTo !== '' && paidTo.replace(/\D/g, '') !== entry.ownAccount ? paidTo : null,
    counterpartyName: isCredit ? detail.debtor : detail.creditor,
    counterpartyAccount: isCredit ? detail.debtorAccount : detail.creditorAccount,
    counterpartyBank: isCredit ? detail.debtorBank : detail.creditorBank,
    text: remark.filter((line) => line !== '').join(' '),
  };
}

/** The bank's number of the transaction, else of the entry and the transaction's place in it. */
function referenceOf(entry: CamtEntry, index: number | undefined): string | null {
  const own = entry.details[index ?? 0]?.servicerReference ?? '';
  const whole = entry.servicerReference || entry.reference;
  if (index === undefined) return whole || own || null;
  if (own !== '') return own;
  return whole === '' ? null : `${whole}/${index + 1}`;
}
