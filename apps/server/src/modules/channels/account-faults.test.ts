import { expect, test } from 'vitest';
import { verdictOfPrepay, verdictOfQuery } from './account-faults.ts';
import { allChannels } from './registry.ts';

const refused = (code: string) => ({ state: 'refused' as const, code, message: '' });

test('a refusal that every order would get is an illness, that of one order is not', () => {
  for (const { description } of allChannels()) {
    const codes = Object.keys(description.testWords);
    expect(codes.length, description.name).toBeGreaterThan(3);
    const explained = codes.find((code) => !['OK', 'NO_CLEAR_ANSWER'].includes(code)) ?? '';
    expect(verdictOfPrepay(description, refused(explained)), description.name).toBe('sick');
    for (const code of ['RULE_LIMIT', 'NOT_ENOUGH', 'ACQ.BUYER_BALANCE_NOT_ENOUGH', '61']) {
      expect(verdictOfPrepay(description, refused(code)), description.name).toBe('refused');
    }
  }
});

test('a product that was not opened does not make the whole account ill', () => {
  for (const { description } of allChannels()) {
    for (const code of ['NO_AUTH', 'FREQUENCY_LIMITED', 'toString', 'constructor']) {
      expect(verdictOfPrepay(description, refused(code)), description.name).toBe('refused');
    }
  }
});

test('no clear answer is an illness, any clear one is not', () => {
  const [channel] = allChannels();
  if (!channel) throw new Error('no channel');
  const unknown = { state: 'unknown', reason: 'time-out' } as const;
  expect(verdictOfPrepay(channel.description, unknown)).toBe('sick');
  expect(verdictOfQuery(unknown)).toBe('sick');
  for (const state of ['closed', 'pending', 'not-found'] as const) {
    expect(verdictOfQuery({ state })).toBe('good');
  }
});
