import type { BankField, BankLayoutContent } from '@wuye-pay/contract';
import { type Fen, fen } from '@wuye-pay/money';
import type { StatementEntry } from '../entry.ts';
import { readAmount } from './amount-text.ts';
import { readDay } from './day-text.ts';
import { type Column, cellText, type FoundLayout, type SourceRow } from './table.ts';

export interface RowProblem {
  readonly severity: 'error' | 'warning';
  readonly row: number;
  readonly column: string | null;
  readonly header: string | null;
  readonly value: string | null;
  readonly reason: string;
  readonly advice: string;
}

export type ReadRow =
  | { readonly kind: 'entry'; readonly entry: StatementEntry; readonly problems: RowProblem[] }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'bad'; readonly problems: RowProblem[] };

/** What the account of the statement is, to notice a file of another one. */
export interface StatementFacts {
  readonly ownAccount: string;
}

const totals = /合计|总计|小计|本页|承前|过次|累计|期初|期末|上期|总笔数|打印|共\s*\d+\s*笔/;
const original = '请上传网银导出的原文件，不要用表格软件改存后再传';

/** Reads one row below the header: an entry, a line that is none, or what is wrong with it. */
export function readRow(
  row: SourceRow,
  layout: FoundLayout,
  content: BankLayoutContent,
  facts: StatementFacts,
): ReadRow {
  if (isNoEntry(row, layout)) return { kind: 'skipped' };
  const reader = createReader(row, layout);
  const bookedOn = readDay(reader.text('bookedOn'), content.dateFormat);
  if (bookedOn === undefined) {
    const isAmbiguous = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/.test(reader.text('bookedOn'));
    reader.error(
      'bookedOn',
      isAmbiguous ? '分不清日和月的先后' : '不是日期',
      isAmbiguous ? '请在版式中指定日期的写法' : '请核对这一行，或在版式中改正日期列',
    );
  }
  const amount = readSigned(reader, content);
  checkCurrency(reader);
  checkOwnAccount(reader, facts);
  const balanceFen = reader.amount('balance');
  const bankReference = reader.whole('bankReference', 'error') || null;
  const counterpartyAccount = reader.whole('counterpartyAccount', 'warning');
  const subAccount = reader.whole('subAccount', 'error').replace(/[\s-]/g, '') || null;
  const { problems } = reader;
  const isBad = problems.some(({ severity }) => severity === 'error');
  if (isBad || bookedOn === undefined || amount === undefined) return { kind: 'bad', problems };
  // 0.00 in both columns: nothing moved.
  if (amount.amountFen === 0) return { kind: 'skipped' };
  return {
    kind: 'entry',
    problems,
    entry: {
      rowNo: row.no,
      bookedOn,
      ...amount,
      balanceFen,
      bankReference,
      endToEndId: null,
      subAccount,
      counterpartyName: reader.text('counterpartyName'),
      counterpartyAccount,
      counterpartyBank: reader.text('counterpartyBank'),
      text: reader.texts('text').join(' '),
    },
  };
}

/** Totals, page heads that repeat the header, footnotes, and lines without day and amount. */
function isNoEntry(row: SourceRow, { columns }: FoundLayout): boolean {
  const hasAmount = columns.some(
    ({ field, index }) => field && amounts.includes(field) && cellText(row.cells[index]) !== '',
  );
  const texts = row.cells.map(cellText).filter((text) => text !== '');
  if (!hasAmount && (texts.length <= 2 || totals.test(texts.join(' ')))) return true;
  const dayColumn = columns.find(({ field }) => field === 'bookedOn');
  const day = cellText(row.cells[dayColumn?.index ?? 0]);
  if (day.replace(/\s+/g, '') === dayColumn?.header) return true;
  const isDay = /\d{4}|\d{1,2}[-/.月]\d{1,2}/.test(day);
  return !isDay && (totals.test(texts.join(' ')) || !hasAmount);
}

const amounts: readonly BankField[] = ['amount', 'credit', 'debit'];

interface Reader {
  readonly problems: RowProblem[];
  text(field: BankField): string;
  texts(field: BankField): string[];
  /** A number that must be whole: one that a spreadsheet rounded is no number any more. */
  whole(field: BankField, severity: RowProblem['severity']): string;
  /** null: empty, or not an amount, which is then a problem. */
  amount(field: BankField): Fen | null;
  error(field: BankField, reason: string, advice: string): void;
}

function createReader(row: SourceRow, { columns }: FoundLayout): Reader {
  const problems: RowProblem[] = [];
  const columnsOf = (field: BankField) => columns.filter((each) => each.field === field);
  const note = (severity: RowProblem['severity'], at: Column, reason: string, advice: string) => {
    const value = cellText(row.cells[at.index]).slice(0, 60);
    const { column, header } = at;
    problems.push({ severity, row: row.no, column, header, value, reason, advice });
  };
  const reader: Reader = {
    problems,
    text: (field) => reader.texts(field)[0] ?? '',
    texts: (field) =>
      columnsOf(field)
        .map(({ index }) => cellText(row.cells[index]))
        .filter((text) => text !== ''),
    whole(field, severity) {
      const [at] = columnsOf(field);
      const cell = at && row.cells[at.index];
      if (!at || typeof cell === 'string' || cell === undefined) return reader.text(field);
      const reason = '号码被表格软件改成了科学计数法，后面的数字已经丢失';
      const lost = severity === 'error' ? original : `${original}；本行照常入账，但不记住付款账号`;
      note(severity, at, reason, lost);
      return '';
    },
    amount(field) {
      const [at] = columnsOf(field);
      if (!at) return null;
      const cell = row.cells[at.index];
      const value = typeof cell === 'object' ? undefined : readAmount(cellText(cell));
      if (value === undefined) note('error', at, '不是金额', '请核对这一行，或在版式中改正金额列');
      return value ?? null;
    },
    error(field, reason, advice) {
      const [at] = columnsOf(field);
      if (at) note('error', at, reason, advice);
    },
  };
  return reader;
}

type Signed = Pick<StatementEntry, 'direction' | 'amountFen' | 'isReversal'>;

/** @returns undefined when a problem was noted */
function readSigned(reader: Reader, content: BankLayoutContent): Signed | undefined {
  switch (content.amountStyle) {
    case 'signed': {
      const value = amountOf(reader, 'amount');
      if (value === undefined) return undefined;
      return signed(content.creditIsNegative ? 0 - value : value);
    }
    case 'two-columns':
      return ofTwoColumns(reader);
    case 'direction': {
      const value = amountOf(reader, 'amount');
      const word = reader.text('direction').replace(/\s+/g, '').toUpperCase();
      const is = (words: readonly string[]) => words.some((each) => each.toUpperCase() === word);
      const isCredit = is(content.creditWords);
      if (!isCredit && !is(content.debitWords)) {
        reader.error('direction', '不在版式写明的借贷标志之内', '请在版式中补上这种写法');
        return undefined;
      }
      return value === undefined ? undefined : inDirection(isCredit, value);
    }
  }
}

function amountOf(reader: Reader, field: BankField): Fen | undefined {
  const before = reader.problems.length;
  const value = reader.amount(field);
  if (value !== null) return value;
  if (reader.problems.length === before) {
    reader.error(field, '没有金额', '请核对这一行，或在版式中改正金额列');
  }
  return undefined;
}

function ofTwoColumns(reader: Reader): Signed | undefined {
  const before = reader.problems.length;
  const credit = reader.amount('credit') ?? fen(0);
  const debit = reader.amount('debit') ?? fen(0);
  if (reader.problems.length > before) return undefined;
  if (credit !== 0 && debit !== 0) {
    reader.error('credit', '收入和支出两列都有金额', '一行只能有一个方向，请核对原文件');
    return undefined;
  }
  return debit === 0 ? inDirection(true, credit) : inDirection(false, debit);
}

function signed(value: number): Signed {
  const direction = value < 0 ? 'debit' : 'credit';
  return { direction, amountFen: fen(Math.abs(value)), isReversal: false };
}

/** A negative amount in the column of a direction takes back an entry of it (红字). */
function inDirection(isCredit: boolean, value: Fen): Signed {
  const isReversal = value < 0;
  const direction = isCredit === isReversal ? 'debit' : 'credit';
  return { direction, amountFen: fen(Math.abs(value)), isReversal };
}

const yuan = new Set(['', 'CNY', 'RMB', '人民币', '人民币元', '01', '001', '156']);

function checkCurrency(reader: Reader): void {
  const currency = reader.text('currency').toUpperCase();
  if (yuan.has(currency)) return;
  reader.error('currency', '不是人民币', '外币账户不能在这里导入');
}

function checkOwnAccount(reader: Reader, { ownAccount }: StatementFacts): void {
  const own = reader.text('ownAccount').replace(/\D/g, '');
  if (own === '' || own === ownAccount) return;
  reader.error('ownAccount', '不是所选账户的流水', '请核对文件，或重新上传并选对银行账户');
}
