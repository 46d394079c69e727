// `npm run bench -- <name> [--json]`
import { runTypeScript } from './run-typescript.mjs';

runTypeScript('tests/load/bench.ts', process.argv.slice(2));
