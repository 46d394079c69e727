export {
  CommitUnknown,
  createDatabase,
  type Database,
  type DatabaseOptions,
  type Queryable,
  type Tx,
} from './database.ts';
export { violatedConstraint } from './failures.ts';
export { migrate } from './migrate.ts';
export { emptySql, joinSql, type Statement, sql } from './sql.ts';
