import { expect, test } from 'vitest';
import { placeOfCode } from './place-of-code.ts';

test.each([
  ['https://pay.example.com/q/demo-0123456789abcdefg', 'bills', 'demo-0123456789abcdefg'],
  ['http://localhost:8080/q/demo-0123456789abcdefg?from=door#x', 'bills', 'demo-0123456789abcdefg'],
  ['https://pay.example.com/s/demo23456789abcde', 'bills', 'demo23456789abcde'],
  [' DEMO-0123456789ABCDEFG\n', 'bills', 'DEMO-0123456789ABCDEFG'],
  ['https://pay.example.com/r/demo/invitation/ABCD-EFGH-JKMN', 'invitation', 'ABCD-EFGH-JKMN'],
])('%s leads to its page', (text, page, code) => {
  expect(placeOfCode(text)).toEqual({ page, code });
});

test.each([
  '',
  '6901234567892 x',
  'https://pay.example.com/q/',
  'https://pay.example.com/q/demo%20x',
  'https://weixin.qq.com/x/abcdef',
  'wxp://f2f0',
])('%s is no code of ours', (text) => {
  expect(placeOfCode(text)).toBeUndefined();
});
