import { expect, test } from 'vitest';
import { timelineOf } from './timeline.ts';

const at = new Date('2026-11-24T10:00:05Z');
const change = { from: null, reason: 'notification', actor: 'wechat-pay', at };

test('what happened at one instant is told in the order in which it came about', () => {
  const timeline = timelineOf({
    channel: 'wechat-pay',
    changes: [
      { ...change, attemptId: null, to: 'paid' },
      { ...change, attemptId: 'a', to: 'requested' },
      { ...change, attemptId: 'a', to: 'paid' },
      { ...change, attemptId: null, to: 'open' },
    ],
    proofs: [],
    messages: [{ verb: 'query', outcome: 'unknown', status: 503, sentAt: new Date(0) }],
    cases: [],
  });
  expect(timeline.map(({ text }) => text.zh)).toEqual([
    '向渠道查询：没有明确答复（HTTP 503）',
    '开始支付，账单已锁定',
    '已登记订单，向渠道下单',
    '渠道已收款',
    '已付清，账单已销账',
  ]);
});
