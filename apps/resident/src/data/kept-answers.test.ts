import { beforeEach, expect, test, vi } from 'vitest';

const device = vi.hoisted(() => ({ mark: 'anna', texts: new Map<string, string>() }));
vi.mock('#platform', () => ({
  sessionMark: () => device.mark,
  storage: {
    read: (name: string) => device.texts.get(name),
    write: (name: string, text: string | undefined) =>
      text === undefined ? device.texts.delete(name) : device.texts.set(name, text),
  },
}));
const { forgetAnswers, keepAnswer, keptAnswer } = await import('./kept-answers.ts');

const bills = '["GET /api/resident/bills",{}]';

beforeEach(() => {
  device.mark = 'anna';
  device.texts.clear();
});

test('the last answer is there again, with the moment at which the server said so', () => {
  keepAnswer(bills, { data: { openFen: 1 }, at: 1000 }, 'anna');
  keepAnswer(bills, { data: { openFen: 2 }, at: 2000 }, 'anna');
  expect(keptAnswer(bills)).toEqual({ data: { openFen: 2 }, at: 2000 });
  expect(keptAnswer('another address')).toBeUndefined();
});

test('whoever signs in next on this device sees nothing of it, and then it is gone', () => {
  keepAnswer(bills, { data: 'of anna', at: 1000 }, 'anna');
  device.mark = 'ben';
  expect(keptAnswer(bills)).toBeUndefined();
  keepAnswer('["GET /api/resident/homes",{}]', { data: 'of ben', at: 2000 }, 'ben');
  expect([...device.texts.values()].join()).not.toContain('of anna');
  device.mark = 'anna';
  expect(keptAnswer(bills)).toBeUndefined();
});

test('an answer that comes after somebody else has signed in is not kept', () => {
  device.mark = 'ben';
  keepAnswer(bills, { data: 'of anna', at: 1000 }, 'anna');
  expect(device.texts.size).toBe(0);
});

test('signing out leaves nothing', () => {
  keepAnswer(bills, { data: 'of anna', at: 1000 }, 'anna');
  forgetAnswers();
  expect(device.texts.size).toBe(0);
});

test('the oldest go when there are many, and a store that was cut off is as good as empty', () => {
  for (let at = 1; at <= 30; at += 1) keepAnswer(`address ${at}`, { data: at, at }, 'anna');
  expect(keptAnswer('address 30')).toBeDefined();
  expect(keptAnswer('address 19')).toBeDefined();
  expect(keptAnswer('address 18')).toBeUndefined();
  device.texts.set('answers', '{"mark":"anna","answers":{"addr');
  expect(keptAnswer('address 30')).toBeUndefined();
  keepAnswer(bills, { data: 1, at: 1 }, 'anna');
  expect(keptAnswer(bills)).toBeDefined();
});
