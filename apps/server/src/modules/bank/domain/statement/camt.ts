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

/** Reads a camt.053 (versions .02 to .08), told of its elements one by one. */
export function createCamtReader(facts: StatementFacts): CamtReader {
  const path: string[] = [];
  let text = '';
  let attributes: Readonly<Record<string, string>> = {};
  let statement: Statement | undefined;
  let entry: CamtEntry | undefined;
  let isKnown = false;
  let entryNo = 0;
  let batch = emptyBatch();

  function problem(column: string, value: string, reason: string, advice: string): void {
    const row = entryNo;
    const severity = 'error' as const;
    batch.problems.push({ severity, row, column, header: null, value, reason, advice });
  }

  function openDocument(given: Readonly<Record<string, string>>): void {
    const version = Object.values(given).flatMap((each) => versions.exec(each)?.[1] ?? [])[0];
    if (version === undefined) return;
    if (version >= '02' && version <= '08') isKnown = true;
    else {
      const advice = '请让银行提供 camt.053.001.02 至 .08 的对账单';
      problem('Document', `camt.053.001.${version}`, '不认识的 camt.053 版本', advice);
    }
  }

  function closeElement(name: string): void {
    const where = path.join('/');
    if (where.endsWith('BkToCstmrStmt/Stmt')) return closeStatement();
    if (!statement) return;
    const inStatement = where.slice(where.indexOf('/Stmt/') + '/Stmt/'.length);
    if (entry) {
      if (inStatement === 'Ntry') return closeEntry(entry);
      return readEntryElement(entry, inStatement.slice('Ntry/'.length), text, attributes);
    }
    if (inStatement.startsWith('Acct/')) return readAccount(inStatement, text);
    if (inStatement.startsWith('Bal')) readBalance(statement, inStatement, name);
  }

  function readAccount(where: string, value: string): void {
    const isNumber = where === 'Acct/Id/IBAN' || where === 'Acct/Id/Othr/Id';
    if (isNumber && value.replace(/\D/g, '') !== facts.ownAccount) {
      const advice = '请核对文件，或重新上传并选对银行账户';
      problem(where, `*${value.slice(-4)}`, '不是所选账户的对账单', advice);
    }
    if (where === 'Acct/Ccy' && value !== 'CNY') {
      problem(where, value, '不是人民币账户', '外币账户不能在这里导入');
    }
  }

  function readBalance(of: Statement, where: string, name: string): void {
    if (where.endsWith('/Tp/CdOrPrtry/Cd')) of.balance.code = text;
    if (where === 'Bal/Amt') of.balance.amount = text;
    if (where === 'Bal/CdtDbtInd') of.balance.indicator = text;
    if (where !== 'Bal' || name !== 'Bal') return;
    const { code, amount, indicator } = of.balance;
    of.balance = { code: '', amount: '', indicator: '' };
    const value = readAmount(amount);
    if (value === undefined || value === null) {
      return problem('Bal/Amt', amount, '余额不是金额', '请让银行重新导出对账单');
    }
    const fen = indicator === 'DBIT' ? -value : value;
    if (code === 'OPBD') of.openingFen = fen;
    if (code === 'PRCD') of.previousFen = fen;
    if (code === 'CLBD') of.closingFen = fen;
  }

  function closeEntry(of: CamtEntry): void {
    entry = undefined;
    if (of.status !== '' && of.status !== 'BOOK') {
      batch.pending += 1;
      return;
    }
    const read = entriesOf(of, entryNo);
    batch.problems.push(...read.problems);
    batch.entries.push(...read.entries);
    if (statement) for (const one of read.entries) statement.sumFen += signedFen(one);
  }

  function closeStatement(): void {
    if (!statement) return;
    const { sumFen, closingFen, previousFen } = statement;
    const openingFen = statement.openingFen ?? previousFen;
    const isBalanced =
      openingFen === null || closingFen === null ? null : openingFen + sumFen === closingFen;
    batch.balances.push({ openingFen, sumFen, closingFen, isBalanced });
    statement = undefined;
  }

  return {
    open(name, given) {
      path.push(name);
      text = '';
      attributes = given;
      if (name === 'Document') openDocument(given);
      const where = path.join('/');
      if (where.endsWith('BkToCstmrStmt/Stmt')) statement = newStatement();
      else if (statement && where.endsWith('/Stmt/Ntry')) {
        entryNo += 1;
        entry = newEntry(facts);
      } else if (entry && where.endsWith('/NtryDtls/TxDtls')) {
        readEntryElement(entry, 'NtryDtls/TxDtls<', '', {});
      }
    },
    text(piece) {
      if (text.length < mostText) text += piece;
    },
    close() {
      const name = path.at(-1) ?? '';
      text = text.trim();
      closeElement(name);
      path.pop();
      text = '';
    },
    take() {
      const taken = batch;
      batch = emptyBatch();
      return taken;
    },
    isStatement: () => isKnown,
  };
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
