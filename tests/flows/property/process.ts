import type { ChannelsDoor } from '../../../apps/server/src/modules/payment/index.ts';
import type {
  Database,
  Queryable,
  Statement,
  Tx,
} from '../../../apps/server/src/platform/database/index.ts';
import type { Deps } from '../../../apps/server/src/platform/deps.ts';

/** What a killed process would have gone on to do. */
export class Killed extends Error {
  override name = 'Killed';
}

/**
 * Stands in for one statement of the machine, to break it on purpose.
 * @returns how many rows it pretends to have written; undefined lets the statement be
 */
export type Sabotage = (statement: Statement<unknown>) => number | undefined;

export interface MortalInput {
  readonly deps: Deps;
  readonly companyId: string;
  readonly channels: ChannelsDoor;
  /** Asked at every named point: whether this process dies there. */
  readonly dies: (name: string) => boolean;
  readonly sabotage?: Sabotage | undefined;
}

/**
 * A process of its own over one company. Once it was killed, none of its work reaches the database
 * or a channel any more: a transaction that was open is rolled back, code that catches errors goes
 * on and can do nothing.
 */
export function mortalProcess(input: MortalInput): Deps & { readonly channels: ChannelsDoor } {
  const { deps, companyId } = input;
  let isDead = false;
  const live = () => {
    if (isDead) throw new Killed('the process is gone');
  };
  const guarded = (base: Queryable): Queryable => guard(base, live, input.sabotage);
  const guardedTx = (tx: Tx): Tx => ({
    ...guarded(tx),
    companyId: tx.companyId,
    client: tx.client,
  });
  const within =
    (run: Database['transaction']): Database['transaction'] =>
    async (company, work) => {
      live();
      const result = await run(company, async (tx) => {
        const done = await work(guardedTx(tx));
        live(); // Nothing of it is committed.
        return done;
      });
      live();
      return result;
    };
  const db: Database = {
    ...deps.db,
    transaction: within(deps.db.transaction),
    read: within(deps.db.read),
    global: guarded(deps.db.global),
  };
  return {
    ...deps,
    db,
    jobsDb: { ...db, global: ofCompany(db, companyId) },
    channels: mortalChannels(input.channels, live),
    checkpoint: (name) => {
      live();
      if (!input.dies(name)) return;
      isDead = true;
      throw new Killed(name);
    },
  };
}

/**
 * Jobs look across companies. Here many runs share a database, and each is a company: row-level
 * security keeps the jobs of a run to its own rows.
 */
function ofCompany(db: Database, companyId: string): Queryable {
  return {
    many: (statement) => db.read(companyId, (tx) => tx.many(statement)),
    one: (statement) => db.read(companyId, (tx) => tx.one(statement)),
    maybe: (statement) => db.read(companyId, (tx) => tx.maybe(statement)),
    run: (statement) => db.transaction(companyId, (tx) => tx.run(statement)),
  };
}

function guard(base: Queryable, live: () => void, sabotage: Sabotage | undefined): Queryable {
  return {
    many: async (statement) => {
      live();
      return await base.many(statement);
    },
    one: async (statement) => {
      live();
      return await base.one(statement);
    },
    maybe: async (statement) => {
      live();
      return await base.maybe(statement);
    },
    run: async (statement) => {
      live();
      return sabotage?.(statement) ?? (await base.run(statement));
    },
  };
}

/** A channel answers in a moment of its own; a process that died meanwhile never hears it. */
function mortalChannels(door: ChannelsDoor, live: () => void): ChannelsDoor {
  const mortal =
    <Args extends readonly unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      live();
      const answer = await call(...args);
      live();
      return answer;
    };
  return {
    ...door,
    prepay: mortal(door.prepay),
    queryTrade: mortal(door.queryTrade),
    closeTrade: mortal(door.closeTrade),
    refundTrade: mortal(door.refundTrade),
    queryRefund: mortal(door.queryRefund),
  };
}
