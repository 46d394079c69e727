import { type Case, must, sees } from '../case.ts';
import { replay } from '../ear.ts';
import type { Home, Started } from '../money.ts';
import type { Stand } from '../stand.ts';

/** A payment whose order was paid without anybody telling us. */
async function paidInSilence(stand: Stand) {
  const home = await stand.home();
  const payment = await stand.start(home);
  await stand.pay(payment);
  return { home, payment };
}

const notify = (stand: Stand, { orderNo }: Started, how: object = {}) =>
  stand.control<{ statuses: number[]; answers: string[] }>(
    'POST',
    `${stand.driver.channel}/orders/${orderNo}/notify`,
    how,
  );

/** The notice changes nothing, is answered as a refusal, and leaves its reason behind. */
async function refuses(stand: Stand, fault: string, reason: RegExp) {
  const { home, payment } = await paidInSilence(stand);
  const before = await stand.books();
  const { refused } = stand.channel.noticeAnswers;
  const told = await notify(stand, payment, { fault });
  must(told.statuses[0] !== 200 || told.answers[0] === refused.body, 'it is answered as refused', {
    told,
    refused,
  });
  const last = (await stand.refusals()).at(-1) ?? '';
  must(reason.test(last), `the evidence names the reason ${reason.source}`, last);
  const after = await stand.books();
  must(after.collectedFen === before.collectedFen, 'nothing is booked', { before, after });
  must((await stand.openFen(home)) === 254_70, 'the bill stays open');
  await stand.advance(61_000); // Evidence is capped per minute.
}

async function receives(stand: Stand, payment: Started, sentence: string) {
  const { statuses, answers } = await notify(stand, payment);
  const { accepted } = stand.channel.noticeAnswers;
  must(statuses[0] === accepted.status && answers[0] === accepted.body, sentence, answers);
}

const forged: readonly (readonly [fault: string, promise: string, reason: RegExp])[] = [
  ['bad-signature', 'a forged signature is refused', /bad-signature/],
  ['body-changed', 'a body that was changed on its way is refused', /bad-signature/],
  ['wrong-merchant', 'money of another merchant is refused', /foreign-merchant/],
  ['unknown-serial', 'a notice under an unknown key is refused', /unknown-serial|bad-signature/],
  ['tampered-ciphertext', 'changed content is refused', /not-decryptable|bad-signature/],
];

async function isSettledOnce(stand: Stand, home: Home, payment: Started, before: Books) {
  await stand.isPaid(payment);
  const after = await stand.books();
  must((await stand.openFen(home)) === 0, 'the bill is settled');
  const bookedFen = after.collectedFen - before.collectedFen;
  must(bookedFen === 254_70, 'the money is in the books once', bookedFen);
  must(after.suspenseFen === before.suspenseFen, 'nothing is left over', { before, after });
}

type Books = Awaited<ReturnType<Stand['books']>>;

export const noticeCases: readonly Case[] = [
  {
    id: 'notice.authentic',
    promise: 'a paid order is heard of, the bill settled, and the answer is what the channel wants',
    async run(stand) {
      const home = await stand.home();
      const payment = await stand.start(home);
      const before = await stand.books();
      const [heard] = await stand.ear.after(() => stand.pay(payment, 'paid'));
      await isSettledOnce(stand, home, payment, before);
      const { accepted } = stand.channel.noticeAnswers;
      must(
        heard?.status === accepted.status && heard.answer === accepted.body,
        'it is answered in the words of the channel',
        heard?.answer,
      );
      await stand.advance(1_000);
      const { notifications } = await stand.atChannel(payment);
      must(
        notifications.every(({ outcome }) => outcome === 'acknowledged'),
        'the channel takes the answer for a receipt',
        notifications,
      );
    },
  },
  {
    id: 'notice.failed',
    promise: 'a notice that we could not store is answered so that the channel sends it again',
    async run(stand) {
      const home = await stand.home();
      const payment = await stand.start(home);
      const before = await stand.books();
      stand.ear.stumble(1);
      const [first] = await stand.ear.after(() => stand.pay(payment, 'paid'));
      const { failed } = stand.channel.noticeAnswers;
      must(
        first?.status === failed.status && first.answer === failed.body,
        'it is answered as failed, in the words of the channel',
        first,
      );
      await stand.ear.after(() => stand.advance(10 * 60_000));
      await isSettledOnce(stand, home, payment, before);
    },
  },
  {
    id: 'notice.fifty-at-once',
    promise: 'the same notice fifty times in parallel is booked once',
    async run(stand) {
      const { home, payment } = await paidInSilence(stand);
      const before = await stand.books();
      const { statuses } = await notify(stand, payment, { times: 50, parallel: true });
      const { accepted } = stand.channel.noticeAnswers;
      must(
        statuses.length === 50 && statuses.every((status) => status === accepted.status),
        'every copy is received',
        statuses,
      );
      await isSettledOnce(stand, home, payment, before);
    },
  },
  {
    id: 'notice.reordered',
    promise: 'notices that overtake each other settle each their own bill',
    async run(stand) {
      const homes = [await stand.home(), await stand.home()];
      const payments: Started[] = [];
      for (const home of homes) payments.push(await stand.start(home));
      const before = await stand.books();
      await stand.arm('notify', 'reorder');
      await stand.ear.after(async () => {
        for (const payment of payments) await stand.pay(payment, 'paid');
        await stand.advance(6_000);
      }, 2);
      const after = await stand.books();
      for (const home of homes) must((await stand.openFen(home)) === 0, 'each bill is settled');
      must(after.collectedFen - before.collectedFen === 2 * 254_70, 'both are booked once');
    },
  },
  {
    id: 'notice.before-prepay-answer',
    promise: 'a notice that comes before the answer to the order settles the bill',
    async run(stand) {
      const home = await stand.home();
      const before = await stand.books();
      await stand.arm('prepay', 'paid-before-answer');
      const payment = await stand.start(home);
      // Where the order is at the channel only once the payer opened it, nobody could pay before.
      if ((await stand.stateOf(payment)) !== 'paid') {
        const { state } = await stand.atChannel(payment);
        if (state !== 'paid') await stand.ear.after(() => stand.pay(payment, 'paid'));
        await stand.sweep();
      }
      await isSettledOnce(stand, home, payment, before);
    },
  },
  {
    id: 'notice.wrong-amount',
    promise: 'a fen more than was asked for lies in suspense with a case, and settles no bill',
    async run(stand) {
      const { home, payment } = await paidInSilence(stand);
      const before = await stand.books();
      const told = await notify(stand, payment, { fault: 'wrong-amount' });
      const { accepted } = stand.channel.noticeAnswers;
      must(told.statuses[0] === accepted.status, 'authentic money is received', told);
      const after = await stand.books();
      must((await stand.openFen(home)) === 254_70, 'the bill stays open');
      must(
        after.suspenseFen - before.suspenseFen === 254_71 &&
          after.collectedFen - before.collectedFen === 254_71,
        'the sum that was told lies in suspense',
        { before, after },
      );
    },
  },
  ...forged.map(
    ([fault, promise, reason]): Case => ({
      id: `notice.${fault}`,
      promise: `${promise}, and posts nothing`,
      run: (stand) => refuses(stand, fault, reason),
    }),
  ),
  {
    id: 'notice.wrong-appid',
    promise: 'money of another app is refused, and posts nothing',
    notOffered: ({ description }) => (description.appId ? undefined : 'the channel knows no apps'),
    run: (stand) => refuses(stand, 'wrong-appid', /foreign-app/),
  },
  {
    id: 'notice.huge-body',
    promise: 'a body of two megabytes is refused unread, and posts nothing',
    async run(stand) {
      const { home, payment } = await paidInSilence(stand);
      const before = await stand.books();
      const told = await notify(stand, payment, { fault: 'huge-body' });
      must(
        told.statuses[0] !== stand.channel.noticeAnswers.accepted.status ||
          told.answers[0] !== stand.channel.noticeAnswers.accepted.body,
        'it is not received',
        told,
      );
      sees(await stand.books(), before, 'nothing is booked');
      must((await stand.openFen(home)) === 254_70, 'the bill stays open');
    },
  },
  {
    id: 'notice.replayed',
    promise: 'a notice that somebody sends again after five minutes changes nothing',
    async run(stand) {
      const home = await stand.home();
      const payment = await stand.start(home);
      const before = await stand.books();
      const [heard] = await stand.ear.after(() => stand.pay(payment, 'paid'));
      await stand.advance(6 * 60_000);
      if (heard) await replay(stand.system.deps.publicUrl, heard);
      await isSettledOnce(stand, home, payment, before);
    },
  },
  {
    id: 'notice.channel-key-changes',
    promise: 'no valid notice or answer is refused while the channel changes its key',
    notOffered: ({ driver }) =>
      driver.changeChannelKey ? undefined : 'both sides sign with the same secret',
    async run(stand) {
      const { home, payment } = await paidInSilence(stand);
      const before = await stand.books();
      await receives(stand, payment, 'a notice under the old key is received');
      await stand.advance(61_000); // Keys are looked up at most once a minute.
      const switchOver = await stand.changeChannelKey();
      for (let turn = 0; turn < 4; turn += 1) {
        if (stand.driver.newKeyComesBy === 'answers') await stand.query(await stand.order());
        await receives(stand, payment, 'a notice under either key is received');
      }
      await switchOver();
      if (stand.driver.newKeyComesBy === 'answers') await stand.query(await stand.order());
      await receives(stand, payment, 'a notice under the new key is received');
      sees(
        await stand.query(await stand.paid()),
        { state: 'paid' },
        'answers under the new key are believed',
      );
      await isSettledOnce(stand, home, payment, before);
    },
  },
  {
    id: 'notice.our-secrets-change',
    promise: 'a notice under way is still read after an administrator saved new secrets',
    async run(stand) {
      const { home, payment } = await paidInSilence(stand);
      const before = await stand.books();
      const enter = await stand.renewSecrets();
      try {
        await receives(stand, payment, 'a notice under the old secrets is received');
        await isSettledOnce(stand, home, payment, before);
      } finally {
        await enter();
      }
      await receives(stand, payment, 'a notice under the new secrets is received');
      sees(
        await stand.query(await stand.order()),
        { state: 'not-found' },
        'queries are signed anew',
      );
    },
  },
];
