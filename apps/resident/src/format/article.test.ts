import { expect, test } from 'vitest';
import { blocksOf } from './article.ts';

test('headings, points, pictures and text are told apart; nothing else is markup', () => {
  expect(blocksOf('# 停止\n\n- 点“停止代扣”\n![窗口](picture:wallet)\n<b>不是标签</b>')).toEqual([
    { kind: 'heading', text: '停止' },
    { kind: 'point', text: '点“停止代扣”' },
    { kind: 'picture', text: '窗口', name: 'wallet' },
    { kind: 'text', text: '<b>不是标签</b>' },
  ]);
});
