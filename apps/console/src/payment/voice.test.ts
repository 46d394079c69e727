import { expect, test } from 'vitest';
import { createNewcomers, type Heard, sentenceFor } from './announcements.ts';
import { zh } from './texts.zh.ts';
import { createVoice } from './voice.ts';

const payment = (paymentId: string, amountFen = 254_70): Heard => ({
  paymentId,
  amountFen,
  channel: 'wechat-pay',
});

const labelOf = () => '微信支付';

/** A speaker that ends a sentence when told to. */
function givenVoice() {
  const said: string[] = [];
  let end = () => {};
  const voice = createVoice(
    (text, onEnd) => {
      said.push(text);
      end = onEnd;
    },
    (payments) => payments.map(({ paymentId }) => paymentId).join('+'),
  );
  return { voice, said, endSentence: () => end() };
}

test('what is there when the page opens is not announced; what comes later is, once', () => {
  const newcomers = createNewcomers();
  expect(newcomers([payment('a'), payment('b')], true)).toEqual([]);
  expect(newcomers([payment('c')], false)).toEqual([payment('c')]);
  // The poll after the event brings the same payment again, and one that the event missed.
  expect(newcomers([payment('b'), payment('c'), payment('d')], false)).toEqual([payment('d')]);
});

test('a day of many payments is remembered without growing for ever', () => {
  const newcomers = createNewcomers();
  for (let index = 0; index < 2000; index += 1) newcomers([payment(`p${index}`)], false);
  expect(newcomers([payment('p1999')], false)).toEqual([]);
  expect(newcomers([payment('p0')], false)).toHaveLength(1);
});

test('payments are announced one after the other, not over each other', () => {
  const { voice, said, endSentence } = givenVoice();
  voice.unmute();
  voice.announce([payment('a'), payment('b')]);
  expect(said).toEqual(['a']);
  endSentence();
  expect(said).toEqual(['a', 'b']);
  endSentence();
  expect(said).toHaveLength(2);
});

test('a rush is summed up, so that the voice keeps up with the desk', () => {
  const { voice, said, endSentence } = givenVoice();
  voice.unmute();
  voice.announce([payment('a')]);
  voice.announce(['b', 'c', 'd', 'e'].map((id) => payment(id)));
  endSentence();
  expect(said).toEqual(['a', 'b+c+d+e']);
});

test('nothing is said before it is switched on, and nothing of the silence is said after', () => {
  const { voice, said } = givenVoice();
  voice.announce([payment('a')]);
  voice.unmute();
  expect(said).toEqual([]);
  voice.announce([payment('b')]);
  expect(said).toEqual(['b']);
});

test('muting drops what waits', () => {
  const { voice, said, endSentence } = givenVoice();
  voice.unmute();
  voice.announce([payment('a'), payment('b')]);
  voice.mute();
  endSentence();
  voice.unmute();
  expect(said).toEqual(['a']);
});

test('a payment is read aloud as a cashier reads it', () => {
  const { key, values } = sentenceFor([payment('a')], 'zh', labelOf);
  const said = zh[key].replace('{{channel}}', values.channel).replace('{{amount}}', values.amount);
  expect(said).toBe('微信支付收款 254 元 7 角');
});

test('several payments are summed up in one sentence', () => {
  expect(sentenceFor([payment('a'), payment('b', 100_00)], 'zh', labelOf)).toMatchObject({
    key: 'say.more',
    values: { amount: '354 元 7 角', count: 2 },
  });
});
