// `npm run verify-ledger`: proves the books; ends with 1 when they are not right.
import { runTypeScript } from './run-typescript.mjs';

runTypeScript('apps/server/src/verify-ledger.ts', process.argv.slice(2));
