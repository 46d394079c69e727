import type { StatementView } from '@wuye-pay/contract';
import type { Words } from '../description.ts';
import { channelsErrors } from '../errors.ts';
import type { ChannelDeps } from '../open-account.ts';
import type { Statement, StatementKind, StatementLine, StatementResult } from '../statement.ts';
import { fetchStatement } from './fetch-statement.ts';
import type { OfAccount } from './with-account.ts';

/** Lines that a page shows; the file has all. */
const shownLines = 500;

type Request = OfAccount & { readonly day: string; readonly kind: StatementKind };

/** A day as the channel tells it, fetched now; nothing of it is kept. */
export async function showStatement(deps: ChannelDeps, request: Request): Promise<StatementView> {
  const result = await fetchStatement(deps, request);
  const statement = result.state === 'ready' ? viewOf(result.statement) : null;
  return { state: result.state, words: wordsOf(result), statement };
}

/** The same for a download. @throws STATEMENT_NOT_THERE */
export async function statementFile(deps: ChannelDeps, request: Request): Promise<Statement> {
  const result = await fetchStatement(deps, request);
  if (result.state === 'ready') return result.statement;
  const reason = wordsOf(result).zh;
  throw channelsErrors.STATEMENT_NOT_THERE({ values: { reason } });
}

function viewOf(statement: Statement): NonNullable<StatementView['statement']> {
  const { day, kind, fileName, file, lines, totals } = statement;
  return {
    day,
    kind,
    fileName,
    fileBytes: file.length,
    totals,
    lineCount: lines.length,
    lines: lines.slice(0, shownLines).map(lineOf),
  };
}

function lineOf({ channelRefundNo: _no, ...line }: StatementLine) {
  return line;
}

function wordsOf(result: StatementResult): Words {
  switch (result.state) {
    case 'ready':
      return { zh: '已取得，文件完整', en: 'Here, and complete' };
    case 'none':
      return {
        zh: '渠道说这一天没有交易',
        en: 'The channel says that nothing happened on this day',
      };
    case 'not-ready':
      return {
        zh: '渠道还没有生成这一天的对账单，一般次日上午 10 点后可取',
        en: 'The channel has not made it yet; usually it is there from 10:00 on the next day',
      };
    case 'broken':
      return brokenWords(result.row);
    case 'unsupported':
      return { zh: '这个渠道没有这种对账单', en: 'The channel has no statement of this kind' };
    case 'unknown':
      return {
        zh: '没有得到渠道的明确答复，请稍后再试；持续如此请先测试商户号',
        en: 'No clear answer of the channel: try again later, and test the account if it persists',
      };
  }
}

function brokenWords(row: number | undefined): Words {
  const zh = row === undefined ? '' : `（第 ${row} 行）`;
  const en = row === undefined ? '' : ` (row ${row})`;
  return {
    zh: `文件与它自己的校验值或合计不符${zh}，内容不可采信，请稍后重新获取`,
    en: `The file contradicts its own hash or totals${en}: do not believe it, fetch it again later`,
  };
}
