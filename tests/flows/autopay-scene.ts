import { sql } from '../../apps/server/src/platform/database/index.ts';
import { localDay, workIn } from '../../apps/server/test/autopay-builders.ts';
import { autopayChecks } from '../../apps/server/test/autopay-invariants.ts';
import { givenSystem } from '../../apps/server/test/harness.ts';
import { givenResident } from '../../apps/server/test/resident-builders.ts';
import type {
  AutopayDebit,
  AutopayMandate,
  AutopayOption,
  AutopaySigning,
} from '../../packages/contract/src/index.ts';
import { freePort, startCashierScene } from './cashier-scene.ts';

export type WalletChannel = 'wechat-pay' | 'alipay';
export type Scene = Awaited<ReturnType<typeof startAutopayScene>>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The simulated wallets come to the end of a debit in this time. */
const settleMs = 5000;
/** Who signs in the simulated wallets. */
const walletUser = 2;

/** The whole server and the simulated wallets, and days that pass on both sides. */
export async function startAutopayScene() {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const system = { ...(await givenSystem({ at: nextMorning().toISOString(), publicUrl })), port };
  const { companyId, deps, clock } = system;
  const server = await startCashierScene(system);
  const control = async <Answer>(method: string, path: string, body?: object) =>
    (await server.control(method, path, body)) as Answer;
  const { work, acceptNotices, messages } = workIn({ system, companyId, deps });
  const advance = async (ms: number) => {
    clock.advance(ms);
    await control('POST', 'clock', { advanceMs: ms });
  };
  await control('POST', 'clock', { advanceMs: clock.now().getTime() - Date.now() });
  return {
    ...{
      system,
      port,
      control,
      advance,
      work,
      acceptNotices,
      messages,
      publicUrl,
      home: server.home,
    },
    /** Hour by hour, with the worker at work, messages taken and debits coming to their end. */
    async passHours(hours: number) {
      for (let hour = 0; hour < hours; hour += 1) {
        await advance(hourMs - settleMs);
        await work();
        await acceptNotices();
        await advance(settleMs);
        await work();
      }
    },
    /** Until the debit of a mandate may be asked for, and nobody has done so yet. */
    async untilDue(mandateId: string) {
      for (let hour = 0; hour < 24 * 10; hour += 1) {
        const debit = await deps.db.read(companyId, (tx) =>
          tx.maybe(sql<{ workAt: Date }>`
            select work_at as "workAt" from autopay.debit
            where company_id = ${companyId} and mandate_id = ${mandateId}
              and state = 'announced'`),
        );
        if (debit && debit.workAt.getTime() - clock.now().getTime() < hourMs) {
          return await advance(debit.workAt.getTime() - clock.now().getTime() + 1000);
        }
        await this.passHours(1);
      }
      throw new Error('no debit was announced');
    },
    async checkPromises() {
      for (const [promise, check] of autopayChecks) {
        const broken = await deps.db.read(companyId, (tx) => check(tx, undefined as never, true));
        if (broken.length > 0) throw new Error(`${promise}: ${broken.join('; ')}`);
      }
    },
    async close() {
      await server.close();
      await system.close();
    },
  };
}

/** At half past nine in China, so that hours are alike on every run. */
function nextMorning(): Date {
  const today = Date.parse(`${new Date().toISOString().slice(0, 10)}T01:30:00Z`);
  return new Date(today > Date.now() ? today : today + dayMs);
}

/** Somebody of a home who pays in the app, by HTTP, as the app does. */
export async function givenPayer(scene: Scene, channel: WalletChannel, amountsFen: number[]) {
  const { system, publicUrl } = scene;
  const { unitId } = await scene.home({}, [{ feeItemName: '物业服务费', amountsFen }]);
  const scope = `${channel}/app`;
  const who = await givenResident(system, {
    unitIds: [unitId],
    walletIds: { [scope]: `o${unitId}` },
  });
  async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { ...who.headers, ...(body && { 'content-type': 'application/json' }) };
    const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${publicUrl}/api/resident/autopay${path}`, sent);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Answer;
  }
  return {
    ...who,
    unitId,
    call,
    channel,
    ...signingOf(scene, channel, call),
    ...booksOf(scene, unitId),
  };
}

type Call = <Answer>(method: string, path: string, body?: object) => Promise<Answer>;

function signingOf(
  { system, control, work, publicUrl }: Scene,
  channel: WalletChannel,
  call: Call,
) {
  async function ask() {
    const { options, firstDebitOn } = await call<{
      options: AutopayOption[];
      firstDebitOn: string;
    }>('GET', '/options?surface=h5');
    const option = options.find((one) => one.channel === channel);
    if (!option) throw new Error(`${channel} offers no debits`);
    const wish = {
      ...{ channel, merchantAccountId: option.merchantAccountId, firstDebitOn, surface: 'h5' },
      homes: option.homes.map(({ unitId, items }) => ({
        unitId,
        feeItemIds: items.map(({ feeItemId }) => feeItemId),
      })),
      ...{ limitDebitFen: 500_00, limitMonthFen: 1000_00, idempotencyKey: `tap-${Math.random()}` },
    };
    const { mandateId, url } = await call<AutopaySigning>('POST', '', wish);
    const { no } = await system.deps.db.read(system.companyId, (tx) =>
      tx.one(sql<{ no: string }>`
        select mandate_no as no from autopay.mandate
        where company_id = ${tx.companyId} and id = ${mandateId}`),
    );
    return { mandateId, url, path: `/${mandateId}`, wallet: `${channel}/mandates/${no}` };
  }
  type Asked = Awaited<ReturnType<typeof ask>>;
  const agree = async ({ url, wallet }: Asked, outcome: 'signed' | 'cancel' = 'signed') => {
    await control('POST', `${wallet}/sign`, { link: url, outcome, user: walletUser });
  };
  return {
    ask,
    agree,
    async sign() {
      const asked = await ask();
      await agree(asked);
      await call('POST', `${asked.path}/check`);
      await work();
      return asked;
    },
    show: ({ path }: Asked) => call<AutopayMandate>('GET', path),
    debits: async ({ path }: Asked) =>
      (await call<{ items: AutopayDebit[] }>('GET', `${path}/debits`)).items,
    /** Debits to come are paid, or find no money. */
    debitsAre: ({ wallet }: Asked, outcome: 'paid' | 'no-money') =>
      control('POST', `${wallet}/debits`, { outcome }),
    /** The payer ends it where they signed it. */
    async endInWallet({ wallet }: Asked) {
      if (channel === 'wechat-pay') return void (await control('POST', `${wallet}/terminate`, {}));
      const { agreementNo } = await control<{ agreementNo: string }>('GET', wallet);
      const body = new URLSearchParams({ agreement: agreementNo });
      await fetch(`${publicUrl}/sim/alipay/agreement/end`, { method: 'POST', body });
    },
    /** What the wallet itself says. */
    async inWallet({ wallet }: Asked): Promise<'on' | 'off'> {
      const view = await control<{ state?: string; status?: string }>('GET', wallet);
      return view.state === 'signed' || view.status === 'NORMAL' ? 'on' : 'off';
    },
  };
}

function booksOf({ system }: Scene, unitId: string) {
  const { companyId, deps } = system;
  return {
    /** The bills of the home fall due so many days from now, one after the other. */
    dueIn: (...days: number[]) =>
      deps.db.transaction(companyId, async (tx) => {
        const bills = await tx.many(sql<{ id: string }>`
          select id from billing.bill
          where company_id = ${companyId} and unit_id = ${unitId} order by id`);
        for (const [index, { id }] of bills.entries()) {
          const day = localDay(system, days[index] ?? days.at(-1) ?? 0);
          await tx.run(sql`update billing.bill set due_on = ${day}
            where company_id = ${companyId} and id = ${id}`);
        }
        await tx.run(sql`update autopay.mandate set plan_at = ${system.clock.now()}
          where company_id = ${companyId} and state = 'active'`);
      }),
    async openFen() {
      const row = await deps.db.read(companyId, (tx) =>
        tx.one(sql<{ fen: number }>`
          select coalesce(sum(amount_fen - paid_fen - waived_fen), 0)::bigint as fen
          from billing.pub_bill
          where company_id = ${companyId} and unit_id = ${unitId} and state = 'issued'`),
      );
      return row.fen;
    },
    /** What the ledger has of the home's debits. */
    async postedFen() {
      const row = await deps.db.read(companyId, (tx) =>
        tx.one(sql<{ fen: number }>`
          select coalesce(sum(part.amount_fen), 0)::bigint as fen
          from payment.allocation as part
          join payment.payment as payment on payment.company_id = part.company_id
            and payment.id = part.payment_id and payment.source = 'autopay'
            and payment.state = 'paid'
          join billing.bill as bill on bill.company_id = part.company_id and bill.id = part.bill_id
          where part.company_id = ${companyId} and bill.unit_id = ${unitId}`),
      );
      return row.fen;
    },
  };
}
