import {
  closeTrade,
  fetchStatement,
  type Product,
  prepay,
  queryRefund,
  queryTrade,
  refundTrade,
} from '../../apps/server/src/modules/channels/index.ts';
import { sql } from '../../apps/server/src/platform/database/index.ts';
import { newId, orderNoOf } from '../../apps/server/src/platform/id.ts';
import type { GivenMerchantAccount } from '../../apps/server/test/channels-builders.ts';
import type { TestSystem } from '../../apps/server/test/harness.ts';
import { fen } from '../../packages/money/src/index.ts';

export interface GivenOrder {
  readonly product?: Product;
  readonly orderNo?: string;
  readonly amountFen?: number;
  readonly payerOpenId?: string;
  readonly payerIp?: string;
  readonly authCode?: string;
  readonly mandateNo?: string;
  readonly returnUrl?: string;
}

export type Verbs = ReturnType<typeof verbsOf>;

/** All that payment asks of channels, for one merchant account. */
export function verbsOf(system: TestSystem, { merchantAccountId }: GivenMerchantAccount) {
  const { deps, companyId, clock } = system;
  const account = { companyId, merchantAccountId };
  const refundInput = (order: PlacedOrder, refund: { refundNo: string; amountFen?: number }) => ({
    ...account,
    refundNo: refund.refundNo,
    amountFen: fen(refund.amountFen ?? order.amountFen),
    reason: '重复缴费，退还物业服务费',
    requestedAt: clock.now(),
    order: { ...order, tradeNo: order.tradeNo ?? '', paidAt: clock.now() },
  });
  return {
    order: (given: GivenOrder = {}) => ({ ...account, ...placed(clock.now(), given) }),
    prepay: (order: PlacedOrder) => prepay(deps, { ...account, ...order }),
    query: (order: PlacedOrder) => queryTrade(deps, { ...account, ...order }),
    close: (order: PlacedOrder) => closeTrade(deps, { ...account, ...order }),
    /** The order as it is known once it is paid. */
    async paid(order: PlacedOrder) {
      const found = await queryTrade(deps, { ...account, ...order });
      if (found.state !== 'paid') throw new Error(`not paid but ${found.state}`);
      return { ...order, tradeNo: found.trade.tradeNo };
    },
    refund: (order: PlacedOrder, refund: { refundNo: string; amountFen?: number }) =>
      refundTrade(deps, refundInput(order, refund)),
    refundState: (order: PlacedOrder, refund: { refundNo: string; amountFen?: number }) =>
      queryRefund(deps, refundInput(order, refund)),
    statement: (day: string, kind: 'trade' | 'fund' = 'trade') =>
      fetchStatement(deps, { ...account, day, kind }),
    /** What was said about an order, as it is kept. */
    messages: (verb: string) =>
      deps.db.read(companyId, (tx) =>
        tx.many(sql<{ request: string; response: string }>`
          select request, response from channels.message
          where merchant_account_id = ${merchantAccountId} and verb = ${verb} order by id`),
      ),
  };
}

function placed(now: Date, { product = 'jsapi', ...given }: GivenOrder) {
  return {
    product,
    orderNo: orderNoOf('test', newId(new Date())),
    description: '阳光花园 3栋2单元501 物业服务费',
    requestedAt: now,
    expiresAt: new Date(now.getTime() + 20 * 60_000),
    tradeNo: null as string | null,
    ...given,
    amountFen: fen(given.amountFen ?? 254_70),
  };
}

export type PlacedOrder = ReturnType<typeof placed>;
