import pg from 'pg';
import { isAftermath, isRetryable } from './failures.ts';
import { preparedName, type Statement } from './sql.ts';
import { typeParsers } from './types.ts';

/** Something statements can be sent to. */
export interface Queryable {
  /** All rows. Keep them few: pages and batches have named limits. */
  many<Row>(statement: Statement<Row>): Promise<Row[]>;
  /** Exactly one row; anything else is a defect and throws. */
  one<Row>(statement: Statement<Row>): Promise<Row>;
  maybe<Row>(statement: Statement<Row>): Promise<Row | undefined>;
  /** @returns the number of rows written */
  run(statement: Statement): Promise<number>;
}

/** One transaction of one company. Statements sent without awaiting each other share a trip. */
export interface Tx extends Queryable {
  readonly companyId: string;
  /** The connection itself, for COPY. */
  readonly client: pg.ClientBase;
}

export interface Database {
  /**
   * Runs `work` in one transaction with row-level security set to the company, and commits.
   * A deadlock, serialization failure or lock time-out runs `work` again, so `work` must only
   * touch the database. @throws CommitUnknown when the connection broke during the commit
   */
  transaction<T>(companyId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same, for reading only. */
  read<T>(companyId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Statements on directory and reference tables, or across companies with the jobs role. */
  readonly global: Queryable;
  close(): Promise<void>;
  /** Called for every statement; tests check the rules of scale with it. */
  observer: ((text: string) => void) | undefined;
}

export interface DatabaseOptions {
  readonly url: string;
  /** At most this many connections; requests beyond wait in a queue. */
  readonly poolSize: number;
  /** Off behind a transaction pooler that does not know prepared statements. */
  readonly prepared?: boolean;
  readonly onIdleError?: (error: Error) => void;
  readonly applicationName?: string;
}

/** The commit was sent and its answer lost: the work may or may not have happened. */
export class CommitUnknown extends Error {
  override name = 'CommitUnknown';
}

const maxTries = 4;
const lockTimeoutMs = 10_000;
const statementTimeoutMs = 120_000;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createDatabase(options: DatabaseOptions): Database {
  const pool = createPool(options);
  const prepared = options.prepared !== false;
  const database: Database = {
    observer: undefined,
    global: queryableOver((config) => pool.query(config), nameOf, observe),
    transaction: (companyId, work) => withRetries(() => run(companyId, 'begin', work)),
    read: (companyId, work) =>
      withRetries(() => run(companyId, 'begin transaction read only', work)),
    close: () => pool.end(),
  };
  return database;

  function nameOf(text: string): string | undefined {
    return prepared ? preparedName(text) : undefined;
  }
  function observe(text: string): void {
    database.observer?.(text);
  }
  async function run<T>(companyId: string, begin: string, work: (tx: Tx) => Promise<T>) {
    const client = await pool.connect();
    let cause: unknown;
    const send = async (config: pg.QueryConfig) => {
      gatherWrites(client);
      try {
        return await client.query(config);
      } catch (error) {
        cause ??= error;
        throw error;
      }
    };
    const statements = queryableOver(send, nameOf, observe);
    try {
      return await runOnce({ companyId, client, ...statements }, begin, work);
    } catch (error) {
      // Of statements sent together, one that failed only because another had may be heard first.
      throw isAftermath(error) ? (cause ?? error) : error;
    }
  }
}

function createPool(options: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    types: typeParsers,
    application_name: options.applicationName ?? 'wuye-pay',
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    connectionTimeoutMillis: 10_000,
    pipeline: true,
  } as pg.PoolConfig);
  const onIdleError = options.onIdleError ?? (() => undefined);
  pool.on('error', onIdleError);
  pool.on('connect', (client) => client.on('error', onIdleError));
  return pool;
}

function queryableOver(
  send: (config: pg.QueryConfig) => Promise<pg.QueryResult>,
  nameOf: (text: string) => string | undefined,
  observe: (text: string) => void,
): Queryable {
  async function query<Row>(statement: Statement<Row>): Promise<pg.QueryResult> {
    observe(statement.text);
    const name = nameOf(statement.text);
    const config = { text: statement.text, values: [...statement.values] };
    return await send(name === undefined ? config : { ...config, name });
  }
  return {
    many: async (statement) => (await query(statement)).rows,
    maybe: async (statement) => atMostOne((await query(statement)).rows, statement.text),
    one: async (statement) => exactlyOne((await query(statement)).rows, statement.text),
    run: async (statement) => (await query(statement)).rowCount ?? 0,
  };
}

/**
 * Statements that are sent without awaiting each other leave in one write: a system call costs
 * the process more than the statement that it carries.
 */
function gatherWrites(client: pg.ClientBase): void {
  const { stream } = (client as pg.Client).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

interface OwnedTx extends Tx {
  readonly client: pg.PoolClient;
}

async function runOnce<T>(tx: OwnedTx, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { client, companyId } = tx;
  let broken: Error | undefined;
  try {
    if (!uuidPattern.test(companyId)) throw new Error(`not a company id: ${companyId}`);
    // Not awaited: it travels with the first statement of the work.
    gatherWrites(client);
    const begun = client.query(`${begin}; set local app.company_id = '${companyId}'`);
    begun.catch(() => undefined); // Awaited below; the work's own statements fail as well.
    const result = await work(tx);
    await begun;
    await commit(client);
    return result;
  } catch (error) {
    broken = await rollBack(client, error);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function commit(client: pg.ClientBase): Promise<void> {
  let command: string;
  try {
    command = (await client.query('commit')).command;
  } catch (error) {
    // A server that is shutting down (57P..) may have committed before it said so.
    const isClear = error instanceof pg.DatabaseError && !/^(57P|08)/.test(error.code ?? '');
    if (isClear) throw error;
    throw new CommitUnknown('the connection broke during the commit', { cause: error });
  }
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back by the database');
}

/** @returns the error that makes the connection unusable, if any */
async function rollBack(client: pg.ClientBase, cause: unknown): Promise<Error | undefined> {
  if (cause instanceof CommitUnknown) return cause;
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries >= maxTries || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, tries * 20));
    }
  }
}

function atMostOne<Row>(rows: Row[], text: string): Row | undefined {
  if (rows.length > 1) throw new Error(`more than one row: ${text}`);
  return rows[0];
}

function exactlyOne<Row>(rows: Row[], text: string): Row {
  const row = atMostOne(rows, text);
  if (row === undefined) throw new Error(`no row: ${text}`);
  return row;
}
