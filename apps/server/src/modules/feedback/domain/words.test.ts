import { describe, expect, test } from 'vitest';
import { fillCanned, unknownVariable } from './canned.ts';
import { frequentWords } from './words.ts';

describe('the words of a week', () => {
  test('are counted once a ticket, without filler, numbers and single characters', () => {
    const texts = [
      '电梯坏了，电梯一直停在3楼，谢谢物业',
      '电梯又坏了',
      '停车位被占，请问怎么办',
      '停车位没有标线 2026',
    ];
    const words = frequentWords(texts, 5);
    expect(words).toContainEqual({ word: '电梯', count: 2 });
    expect(words.map(({ word }) => word)).not.toContain('谢谢');
    expect(words.every(({ count }) => count >= 2)).toBe(true);
  });

  test('nothing said by two people is no theme', () => {
    expect(frequentWords(['楼道灯不亮', '水管漏水'], 5)).toEqual([]);
  });
});

describe('a canned answer', () => {
  const values = {
    resident: '王女士',
    unit: '1栋2单元301',
    ticketNo: 'BS1',
    category: '报修',
    staff: '{company}',
    company: '阳光物业',
  };
  test('is filled once: a value that looks like a variable stays', () => {
    expect(fillCanned('{resident}您好，{staff}已收到{unit}的{category}', values)).toBe(
      '王女士您好，{company}已收到1栋2单元301的报修',
    );
  });

  test('with a variable that nobody knows is refused by its name', () => {
    expect(unknownVariable('{resident} {phone}', '')).toBe('phone');
    expect(unknownVariable('{resident} {unit}', 'no variables')).toBeUndefined();
  });
});
