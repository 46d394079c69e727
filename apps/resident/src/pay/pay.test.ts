import type { ResidentBill } from '@wuye-pay/contract';
import { expect, test } from 'vitest';
import { fenOf, yuanOf } from './amount.ts';
import { cartOf } from './cart.ts';
import { keyFor } from './once-key.ts';
import {
  chosenOf,
  everything,
  firstSelection,
  needsNoConfirming,
  payPart,
  tick,
} from './selection.ts';

const bill = (id: string, openFen: number) => ({ id, openFen }) as ResidentBill;
const home = (unitId: string, ...bills: ResidentBill[]) => ({ unitId, bills }) as never;
const open = (...homes: never[]) => ({
  homes,
  mostBills: 200,
  mostHomes: 10,
  opened: null,
});

const water = bill('water', 33_60);
const estate = bill('estate', 254_70);
const parking = bill('parking', 300_00);
const one = open(home('101', estate, water));
const two = open(home('101', estate, water), home('b12', parking));

test('everything is ticked at first, and one home needs no second look', () => {
  const chosen = chosenOf(one, everything);
  expect(chosen).toMatchObject({ totalFen: 288_30, count: 2, isAsShown: true, leftOut: 0 });
  expect(chosen.items).toEqual([{ billId: 'estate' }, { billId: 'water' }]);
  expect(needsNoConfirming(chosen)).toBe(true);
});

test('two homes are paid together after a second look', () => {
  const chosen = chosenOf(two, everything);
  expect(chosen).toMatchObject({ totalFen: 588_30, unitIds: ['101', 'b12'] });
  expect(needsNoConfirming(chosen)).toBe(false);
});

test('the home whose code was scanned is ticked alone, and needs no second look', () => {
  const opened = { unitId: 'b12', isBound: true, roomCode: 'demo-b12' };
  const scanned = { ...two, opened };
  const chosen = chosenOf(scanned, firstSelection(scanned));
  expect(chosen).toMatchObject({ totalFen: 300_00, unitIds: ['b12'], isAsShown: true });
  expect(needsNoConfirming(chosen)).toBe(true);
  expect(needsNoConfirming(chosenOf(scanned, everything))).toBe(false);
});

test('the scanned code goes along only where it is needed', () => {
  const opened = { unitId: 'b12', isBound: false, roomCode: 'demo-b12' };
  const strange = { ...two, opened };
  const items = [{ billId: 'parking' }];
  expect(cartOf(strange, chosenOf(strange, firstSelection(strange)))).toEqual({
    items,
    roomCode: 'demo-b12',
  });
  const own = tick(everything, ['parking'], false);
  expect(cartOf(strange, chosenOf(strange, own))).not.toHaveProperty('roomCode');
  const bound = { ...two, opened: { ...opened, isBound: true } };
  expect(cartOf(bound, chosenOf(bound, firstSelection(bound)))).toEqual({ items });
});

test('an unticked bill is not paid, and ticking it again pays it', () => {
  const without = tick(everything, ['water'], false);
  expect(chosenOf(one, without)).toMatchObject({ totalFen: 254_70, isAsShown: false });
  expect(needsNoConfirming(chosenOf(one, without))).toBe(false);
  expect(chosenOf(one, tick(without, ['water'], true)).totalFen).toBe(288_30);
});

test('a whole home can be left out by one tap', () => {
  const without = tick(everything, ['estate', 'water'], false);
  expect(chosenOf(two, without)).toMatchObject({ totalFen: 300_00, unitIds: ['b12'] });
});

test('a bill paid in part names its amount; the whole again does not', () => {
  const part = payPart(everything, estate, 100_00);
  expect(chosenOf(one, part)).toMatchObject({
    totalFen: 133_60,
    isAsShown: false,
    items: [{ billId: 'estate', amountFen: 100_00 }, { billId: 'water' }],
  });
  expect(chosenOf(one, payPart(part, estate, 254_70)).isAsShown).toBe(true);
  expect(chosenOf(one, payPart(part, estate, undefined)).isAsShown).toBe(true);
});

test('a part is never more than what is still open when somebody else has paid meanwhile', () => {
  const part = payPart(everything, estate, 200_00);
  const later = open(home('101', bill('estate', 150_00), water));
  expect(chosenOf(later, part)).toMatchObject({
    totalFen: 183_60,
    items: [{ billId: 'estate' }, {}],
  });
});

test('paying a part ticks the bill', () => {
  const part = payPart(tick(everything, ['estate'], false), estate, 1);
  expect(chosenOf(one, part).items).toContainEqual({ billId: 'estate', amountFen: 1 });
});

test('bills that are gone are not paid, whatever was remembered of them', () => {
  const remembered = { ticked: [], unticked: ['gone', 'water'], parts: { gone: 5 } };
  expect(chosenOf(one, remembered)).toMatchObject({ totalFen: 254_70, count: 1 });
});

test('what one payment cannot hold stays for the next one', () => {
  const limited = { ...two, mostBills: 2 };
  expect(chosenOf(limited, everything)).toMatchObject({
    count: 2,
    leftOut: 1,
    isAsShown: false,
  });
  expect(chosenOf({ ...two, mostHomes: 1 }, everything)).toMatchObject({
    unitIds: ['101'],
    leftOut: 1,
  });
});

test.each([
  ['12.34', 12_34],
  ['12', 12_00],
  ['12.', 12_00],
  ['0.5', 50],
  ['1,200.50', 1200_50],
  ['￥88 元', 88_00],
  ['1.234', undefined],
  ['-5', undefined],
  ['', undefined],
  ['1e3', undefined],
])('%j typed as yuan is %d fen', (text, fen) => {
  expect(fenOf(text)).toBe(fen);
});

test('fen are written as yuan without a float', () => {
  expect(yuanOf(5)).toBe('0.05');
  expect(yuanOf(254_70)).toBe('254.70');
});

test('a retry of the same wish has the same key, another wish has another', () => {
  let made = 0;
  const newKey = () => `key-${(made += 1)}`;
  const first = keyFor(undefined, { items: ['a'] }, newKey);
  expect(keyFor(first, { items: ['a'] }, newKey)).toEqual(first);
  expect(keyFor(first, { items: ['a', 'b'] }, newKey).key).toBe('key-2');
});

test('a disputed bill is left unticked; ticked and paid it gets a second look', () => {
  const disputed = { ...water, dispute: { state: 'open' } } as ResidentBill;
  const homes = open(home('101', estate, disputed));
  const usual = chosenOf(homes, everything);
  expect(usual).toMatchObject({ totalFen: 254_70, items: [{ billId: 'estate' }] });
  expect(needsNoConfirming(usual)).toBe(true);
  const both = chosenOf(homes, tick(everything, ['water'], true));
  expect(both.totalFen).toBe(288_30);
  expect(needsNoConfirming(both)).toBe(false);
  expect(chosenOf(homes, tick(tick(everything, ['water'], true), ['water'], false)).totalFen).toBe(
    254_70,
  );
  const answered = { ...water, dispute: { state: 'answered' } } as ResidentBill;
  expect(chosenOf(open(home('101', estate, answered)), everything).totalFen).toBe(288_30);
});
