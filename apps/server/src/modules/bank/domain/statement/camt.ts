import type { BalanceCheck } from '@wuye-pay/contract';
import type { StatementEntry } from '../entry.ts';
import { readAmount } from './amount-text.ts';
import { signedFen } from './balance.ts';
import { type CamtEntry, entriesOf, newEntry, readEntryElement } from './camt-entry.ts';
import type { RowProblem, StatementFacts } from './read-row.ts';

/** What was read since the last time it was asked for. */
export interface CamtBatch {
  readonly entries: StatementEntry[];
  readonly problems: RowProblem[];
  /** Each statement of the file that is whole. */
  readonly balances: BalanceCheck[];
  /** Announced by the bank and not booked: left out. */
  readonly pending: number;
}

export interface CamtReader {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(piece: string): void;
  close(): void;
  take(): CamtBatch;
  /** Whether the document was a statement at all. */
  isStatement(): boolean;
}

interface Statement {
  openingFen: number | null;
  previousFen: number | null;
  closingFen: number | null;
  sumFen: number;
  /** The balance in work. */
  balance: { code: string; amount: string; indicator: string };
}

/** An element's text; a remark has 140 characters in ISO 20022, four lines of it are usual. */
const mostText = 4000;
const versions = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(\d{2})$/;

interface Reading {
  readonly facts: StatementFacts;
  readonly path: string[];
  text: string;
  attributes: Readonly<Record<string, string>>;
  statement: Statement | undefined;
  entry: CamtEntry | undefined;
  entryNo: number;
  isKnown: boolean;
  batch: ReturnType<typeof emptyBatch>;
}

/** Reads a camt.053 (versions .02 to .08), told of its elements one by one. */
export function createCamtReader(facts: StatementFacts): CamtReader {
  const reading: Reading = {
    facts,
    path: [],
    text: '',
    attributes: {},
    statement: undefined,
    entry: undefined,
    entryNo: 0,
    isKnown: false,
    batch: emptyBatch(),
  };
  return {
    open: (name, attributes) => openElement(reading, name, attributes),
    text(piece) {
      if (reading.text.length < mostText) reading.text += piece;
    },
    close() {
      reading.text = reading.text.trim();
      closeElement(reading);
      reading.path.pop();
      reading.text = '';
    },
    take() {
      const { batch } = reading;
      reading.batch = emptyBatch();
      return batch;
    },
    isStatement: () => reading.isKnown,
  };
}

function openElement(
  reading: Reading,
  name: string,
  attributes: Readonly<Record<string, string>>,
): void {
  reading.path.push(name);
  reading.text = '';
  reading.attributes = attributes;
  if (name === 'Document') openDocument(reading, attributes);
  const where = reading.path.join('/');
  if (where.endsWith('BkToCstmrStmt/Stmt')) reading.statement = newStatement();
  else if (reading.statement && where.endsWith('/Stmt/Ntry')) {
    reading.entryNo += 1;
    reading.entry = newEntry(reading.facts);
  } else if (reading.entry && where.endsWith('/NtryDtls/TxDtls')) {
    readEntryElement(reading.entry, 'NtryDtls/TxDtls<', '', {});
  }
}

function openDocument(reading: Reading, given: Readonly<Record<string, string>>): void {
  const version = Object.values(given).flatMap((each) => versions.exec(each)?.[1] ?? [])[0];
  if (version === undefined) return;
  if (version >= '02' && version <= '08') reading.isKnown = true;
  else {
    const advice = '请让银行提供 camt.053.001.02 至 .08 的对账单';
    refuse(reading, 'Document', [`camt.053.001.${version}`, '不认识的 camt.053 版本', advice]);
  }
}

function closeElement(reading: Reading): void {
  const { statement, entry, text, attributes } = reading;
  const where = reading.path.join('/');
  if (!statement) return;
  if (where.endsWith('BkToCstmrStmt/Stmt')) return closeStatement(reading, statement);
  const inStatement = where.slice(where.indexOf('/Stmt/') + '/Stmt/'.length);
  if (entry) {
    if (inStatement === 'Ntry') return closeEntry(reading, statement, entry);
    return readEntryElement(entry, inStatement.slice('Ntry/'.length), text, attributes);
  }
  if (inStatement.startsWith('Acct/')) return readAccount(reading, inStatement);
  if (inStatement.startsWith('Bal')) readBalance(reading, statement, inStatement);
}

function readAccount(reading: Reading, where: string): void {
  const { text, facts } = reading;
  const isNumber = where === 'Acct/Id/IBAN' || where === 'Acct/Id/Othr/Id';
  if (isNumber && text.replace(/\D/g, '') !== facts.ownAccount) {
    const advice = '请核对文件，或重新上传并选对银行账户';
    refuse(reading, where, [`*${text.slice(-4)}`, '不是所选账户的对账单', advice]);
  }
  if (where === 'Acct/Ccy' && text !== 'CNY') {
    refuse(reading, where, [text, '不是人民币账户', '外币账户不能在这里导入']);
  }
}

function readBalance(reading: Reading, of: Statement, where: string): void {
  const { text } = reading;
  if (where.endsWith('/Tp/CdOrPrtry/Cd')) of.balance.code = text;
  if (where === 'Bal/Amt') of.balance.amount = text;
  if (where === 'Bal/CdtDbtInd') of.balance.indicator = text;
  if (where !== 'Bal') return;
  const { code, amount, indicator } = of.balance;
  of.balance = { code: '', amount: '', indicator: '' };
  const value = readAmount(amount);
  if (value === undefined || value === null) {
    return refuse(reading, 'Bal/Amt', [amount, '余额不是金额', '请让银行重新导出对账单']);
  }
  const balanceFen = indicator === 'DBIT' ? 0 - value : value;
  if (code === 'OPBD') of.openingFen = balanceFen;
  if (code === 'PRCD') of.previousFen = balanceFen;
  if (code === 'CLBD') of.closingFen = balanceFen;
}

function closeEntry(reading: Reading, statement: Statement, entry: CamtEntry): void {
  reading.entry = undefined;
  if (entry.status !== '' && entry.status !== 'BOOK') {
    reading.batch.pending += 1;
    return;
  }
  const read = entriesOf(entry, reading.entryNo);
  reading.batch.problems.push(...read.problems);
  reading.batch.entries.push(...read.entries);
  for (const one of read.entries) statement.sumFen += signedFen(one);
}

function closeStatement(reading: Reading, of: Statement): void {
  const { sumFen, closingFen, previousFen } = of;
  const openingFen = of.openingFen ?? previousFen;
  const isBalanced =
    openingFen === null || closingFen === null ? null : openingFen + sumFen === closingFen;
  reading.batch.balances.push({ openingFen, sumFen, closingFen, isBalanced });
  reading.statement = undefined;
}

function refuse(
  reading: Reading,
  column: string,
  [value, reason, advice]: readonly [string, string, string],
): void {
  const row = reading.entryNo;
  const severity = 'error';
  reading.batch.problems.push({ severity, row, column, header: null, value, reason, advice });
}

function newStatement(): Statement {
  return {
    openingFen: null,
    previousFen: null,
    closingFen: null,
    sumFen: 0,
    balance: { code: '', amount: '', indicator: '' },
  };
}

function emptyBatch(): CamtBatch & { pending: number } {
  return { entries: [], problems: [], balances: [], pending: 0 };
}
