import type { AnswerFault } from '../faults.ts';
import type { CallInput, Deps } from './deps.ts';
import { checkFields, rules } from './request-rules.ts';
import { Refusal, respMsg } from './resp-codes.ts';
import type { Fields } from './signature.ts';
import { dayFiles, linesOf } from './statement.ts';
import { clearingDayEnd, lastDayLike } from './time.ts';
import { fileContentOf, zipOf } from './zm-file.ts';

/** The clearing file of a day that is over; 98 before. */
export function answerFile(deps: Deps, { merchant, fields, fault }: CallInput): Fields {
  checkFields(fields, rules.file);
  const now = deps.clock.now();
  const day = lastDayLike(fields.settleDate ?? '', now);
  if (day === undefined || clearingDayEnd(day) > now || isNotReady(fault?.fault)) {
    throw new Refusal('98');
  }
  const files = dayFiles(merchant, day, linesOf(deps, merchant, day), fault?.fault);
  const zip = zipOf(files, new Date(clearingDayEnd(day)));
  return {
    respCode: '00',
    respMsg: respMsg('00'),
    fileName: `${merchant.merId}_${day}.zip`,
    fileContent: fileContentOf(zip),
  };
}

function isNotReady(fault: AnswerFault | undefined): boolean {
  return fault === 'statement-not-ready';
}
