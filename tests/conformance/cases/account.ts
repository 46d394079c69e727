import { openAccount } from '../../../apps/server/src/modules/channels/open-account.ts';
import { AppError } from '../../../apps/server/src/platform/errors.ts';
import { type Case, must, sees } from '../case.ts';
import type { Stand } from '../stand.ts';

async function testOf(stand: Stand, merchantAccountId: string) {
  const { deps, companyId } = stand.system;
  const context = await openAccount(deps, companyId, { id: merchantAccountId });
  if (!context) throw new Error('no such merchant account');
  return await stand.channel.test(context);
}

const hasLogin: Case['notOffered'] = (facts) =>
  facts.hasLogin ? undefined : 'the wallet tells nobody who pays';

const chinese = /\p{Script=Han}/u;

export const accountCases: readonly Case[] = [
  {
    id: 'description.complete',
    promise: 'the console finds fields, guide, addresses to register and limits',
    async run({ description, account }) {
      const { name, color, products, modes, guide, registrations, endpoints } = description;
      must(/^[a-z][a-z0-9-]+$/.test(name), 'the name is fit for an address', name);
      must(/^#[0-9a-f]{6}$/i.test(color), 'the colour is six hexadecimal digits', color);
      must(products.length > 0 && modes.length > 0, 'it has products and modes');
      must(guide.length > 0 && registrations.length > 0, 'guide and registrations are not empty');
      must(
        registrations.some(({ value }) => /\{(notifyUrl|origin|host)\}/.test(value)),
        'an address of ours is to be registered',
        registrations,
      );
      must(
        Object.values(endpoints).every((url) => /^https:\/\/[^/]+/.test(url)),
        'every endpoint is https',
        endpoints,
      );
      must(
        new RegExp(`^(?:${description.mchId.pattern ?? '.*'})$`).test(account.mchId),
        'the pattern of the merchant number takes a real one',
      );
      must(description.statements.includes('trade'), 'it has a statement of trades');
      must(description.refundDays > 0, 'it says how long refunds are taken');
      const names = description.secrets.map((field) => field.name);
      must(new Set(names).size === names.length, 'every secret has a name of its own', names);
      const unnamed = Object.keys(account.credentials).filter((one) => !names.includes(one));
      must(unnamed.length === 0, 'every credential that is used is described', unnamed);
    },
  },
  {
    id: 'description.texts',
    promise: 'every text is there in Chinese and in English',
    async run({ description }) {
      const { mchId, appId, subMchId, subAppId, secrets } = description;
      const { guide, registrations, testWords, modes, label, payerLabel } = description;
      const ids = [mchId, appId, subMchId, subAppId].flatMap((field) => field ?? []);
      const fields = [...ids, ...secrets];
      const texts = [
        label,
        payerLabel,
        ...modes.map((one) => one.label),
        ...fields.flatMap((one) => [one.label, ...(one.hint ? [one.hint] : [])]),
        ...guide,
        ...registrations.flatMap((one) => [one.label, one.where]),
        ...Object.values(testWords),
      ];
      const poor = texts.filter(({ zh, en }) => zh.trim() === '' || !/[A-Za-z]/.test(en));
      must(poor.length === 0, 'no text is missing', poor);
      const sentences = [...guide, ...Object.values(testWords)];
      const foreign = sentences.filter(({ zh }) => !chinese.test(zh));
      must(foreign.length === 0, 'guide and words of the test call are Chinese', foreign);
    },
  },
  {
    id: 'test-button.right-key',
    promise: 'the test button says OK when both sides know each other’s keys',
    async run(stand) {
      sees(await testOf(stand, stand.account.merchantAccountId), { ok: true, code: 'OK' }, 'OK');
    },
  },
  {
    id: 'test-button.wrong-key',
    promise: 'the test button says what is wrong when the key is another one',
    async run(stand) {
      const wrong = await stand.anotherAccount(2, stand.driver.wrongKey).catch(problemsOf);
      if ('problems' in wrong) {
        // Where key and certificate must fit, it is noticed before anything is saved.
        const isNamed = wrong.problems.some(({ field }) => field?.startsWith('credentials.'));
        must(isNamed, 'the form names the field that is wrong', wrong.problems);
        return;
      }
      const result = await testOf(stand, wrong.merchantAccountId);
      await stand.disable(wrong);
      sees(result, { ok: false }, 'not OK');
      const words = stand.description.testWords[result.code];
      must(words !== undefined, 'the clerk is told what to do about it', result);
    },
  },
  {
    id: 'login.once',
    promise: 'a login code gives the payer’s id once, and the state comes back whole',
    notOffered: hasLogin,
    async run(stand) {
      const { state, login, exchange } = await stand.logIn(2);
      must(state === 'a b&c', 'the state comes back as it was sent', state);
      must('openId' in login && login.openId.length > 4, 'the code gives the payer’s id', login);
      sees(await exchange(), { failed: 'used-code' }, 'the second time it is used up');
    },
  },
  {
    id: 'login.foreign',
    promise: 'a code that the channel never gave is nobody’s id',
    notOffered: hasLogin,
    async run(stand) {
      const { exchange } = await stand.logIn(1);
      const result = await exchange('0123456789abcdef0123456789abcdef');
      must('failed' in result, 'a foreign code fails', result);
    },
  },
  {
    id: 'login.unclear',
    promise: 'an answer that cannot be believed logs nobody in',
    notOffered: hasLogin,
    async run(stand) {
      for (const fault of ['server-error', 'connection-lost-after', 'unparsable']) {
        await stand.arm('login', fault);
        const failed = await stand.logIn(1).then(
          () => 'logged in',
          (error: unknown) => String(error),
        );
        must(failed.includes('unknown'), `the login after ${fault} is unknown`, failed);
      }
    },
  },
];

function problemsOf(error: unknown) {
  if (error instanceof AppError && error.code === 'MERCHANT_ACCOUNT_INVALID') {
    return { problems: error.problems };
  }
  throw error;
}

/** Runs last: what all other cases said to the channel is looked through. */
export const maskingCase: Case = {
  id: 'masking',
  promise: 'no record of a call holds a secret, a payer’s id, a payment code or a login code',
  async run(stand) {
    const messages = await stand.messages();
    must(messages.length > 50, 'there is something to look through', messages.length);
    const { secrets } = stand.description;
    const hidden = secrets
      .filter(({ kind }) => kind !== 'text')
      .flatMap(({ name }) => partsOf(stand.account.credentials[name] ?? ''));
    const leaks = [...hidden, ...stand.secretsSeen].flatMap((secret) =>
      messages
        .filter(({ text }) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
        .slice(0, 1)
        .map(({ verb }) => `${verb}: ${secret.slice(0, 4)}…`),
    );
    must(leaks.length === 0, 'nothing secret is found', leaks);
  },
};

/** A key in several lines is looked for by one of its lines; certificates are public. */
function partsOf(secret: string): string[] {
  if (secret.includes('CERTIFICATE') || secret.includes('PUBLIC KEY')) return [];
  const line = secret.includes('\n') ? secret.split('\n')[2] : secret;
  return line !== undefined && line.length >= 8 ? [line.slice(0, 40)] : [];
}
