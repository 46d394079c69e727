import type { Deps } from './deps.ts';
import { isExpired, keyOf } from './orders.ts';
import type { Trade } from './records.ts';
import { checkFields, rules } from './request-rules.ts';
import { Refusal, type RespCode, respMsg } from './resp-codes.ts';
import type { Fields } from './signature.ts';
import { identityFields, successFields } from './trade-fields.ts';

/**
 * What became of a trade. `respCode` is about the query, `origRespCode` about the trade.
 * @throws Refusal 34 for a trade that was never created
 */
export function answerQuery(deps: Deps, fields: Fields): Fields {
  checkFields(fields, rules.identity);
  const trade = deps.records.trades.get(keyOf(fields));
  if (trade === undefined) throw new Refusal('34');
  const state = stateFields(deps, trade);
  const isDone = state.origRespCode === '00';
  return { ...(isDone ? successFields(trade) : identityFields(trade)), ...state };
}

function stateFields(deps: Deps, trade: Trade): Fields {
  if (trade.kind === 'consume') {
    if (trade.payment !== null) return orig('00');
    const { failure } = trade;
    if (failure !== null) {
      return { origRespCode: failure.respCode, origRespMsg: failure.respMsg };
    }
    // Nothing closes an order but its time; afterwards it has failed for good.
    return orig(isExpired(deps, trade) ? '69' : '05');
  }
  switch (trade.state) {
    case 'accepted':
      return orig('05');
    case 'done':
      return orig('00');
    case 'failed':
      return orig('01');
  }
}

function orig(code: RespCode): Fields {
  return { origRespCode: code, origRespMsg: respMsg(code) };
}
