import { expect, test } from 'vitest';
import { type Candidate, choicesFor, preferred, type Rule } from './route.ts';

function account(number: number, change: Partial<Candidate> = {}): Candidate {
  return {
    id: `a${number}`,
    number,
    channel: 'wechat-pay',
    appId: 'wx1',
    state: 'active',
    circuit: 'closed',
    hasTrial: false,
    ...change,
  };
}

let rules = 0;
function rule(merchantAccountId: string, change: Partial<Rule> = {}): Rule {
  rules += 1;
  return {
    id: `r${rules}`,
    communityId: null,
    feeItemId: null,
    product: null,
    merchantAccountId,
    priority: 100,
    ...change,
  };
}

const wish = {
  communityId: '翠湖',
  feeItemId: '物业费',
  channel: 'wechat-pay',
  product: 'jsapi',
} as const;
const idsOf = (given: readonly Rule[], accounts: readonly Candidate[], change = {}) =>
  choicesFor({ ...wish, ...change }, given, accounts).map(({ account: { id } }) => id);
const three = [account(3), account(1), account(2)];

test('without a rule the accounts of the channel serve in the order of their numbers', () => {
  expect(idsOf([], three)).toEqual(['a1', 'a2', 'a3']);
  expect(idsOf([], [...three, account(0, { channel: 'alipay' })])).toEqual(['a1', 'a2', 'a3']);
});

test('the rule that says most decides, not the one that stands first', () => {
  const general = rule('a1', { priority: 1 });
  const ofProduct = rule('a3', { product: 'jsapi' });
  const ofCommunity = rule('a2', { communityId: '翠湖' });
  const ofFeeItem = rule('a1', { feeItemId: '物业费' });
  const ofHome = rule('a3', { communityId: '翠湖', product: 'jsapi' });
  expect(idsOf([general, ofProduct], three)).toEqual(['a3']);
  expect(idsOf([general, ofProduct, ofCommunity], three)).toEqual(['a2']);
  expect(idsOf([general, ofProduct, ofCommunity, ofHome], three)).toEqual(['a3']);
  expect(idsOf([general, ofHome, ofFeeItem], three)).toEqual(['a1']);
});

test('rules that say as much are tried in the order of their priority', () => {
  const given = [
    rule('a3', { communityId: '翠湖', priority: 20 }),
    rule('a2', { communityId: '翠湖', priority: 10 }),
    rule('a1', { priority: 1 }),
  ];
  expect(idsOf(given, three)).toEqual(['a2', 'a3']);
});

test('a rule for other money does not count', () => {
  const given = [
    rule('a3', { communityId: '阳光' }),
    rule('a3', { feeItemId: '押金' }),
    rule('a3', { product: 'native' }),
  ];
  expect(idsOf(given, three)).toEqual(['a1', 'a2', 'a3']);
});

test('money with a rule never falls to an account without one', () => {
  const given = [rule('a2', { feeItemId: '物业费' })];
  const accounts = [account(1), account(2, { state: 'disabled' })];
  expect(idsOf(given, accounts)).toEqual([]);
});

test('a rule of one channel says nothing about another', () => {
  const alipay = account(4, { channel: 'alipay' });
  const given = [rule('a2')];
  expect(idsOf(given, [...three, alipay], { channel: 'alipay' })).toEqual(['a4']);
});

test('an account whose circuit is open is skipped while another takes the money', () => {
  const [sick, well] = [account(1, { circuit: 'open' }), account(2)];
  expect(preferred(choicesFor(wish, [], [sick, well]))?.account.id).toBe('a2');
  expect(preferred(choicesFor(wish, [], [sick]))?.account.id).toBe('a1');
  // The rule names one account alone: no other takes this money.
  expect(preferred(choicesFor(wish, [rule('a1')], [sick, well]))?.account.id).toBe('a1');
});

test('a half-open circuit takes an attempt only when it is its turn', () => {
  const trial = account(1, { circuit: 'half-open', hasTrial: true });
  expect(preferred(choicesFor(wish, [], [trial, account(2)]))?.account.id).toBe('a1');
  const busy = { ...trial, hasTrial: false };
  expect(preferred(choicesFor(wish, [], [busy, account(2)]))?.account.id).toBe('a2');
});

test('a payer known to one app is not led to an account of another', () => {
  const accounts = [account(1, { appId: 'wx2' }), account(2)];
  expect(idsOf([], accounts, { appId: 'wx1' })).toEqual(['a2']);
});
