import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import type { ResidentDoors } from './doors.ts';
import { addAccountRoutes } from './routes/account.ts';
import { addResidentConsole } from './routes/console.ts';
import { addHomeRoutes } from './routes/homes.ts';
import { addSignInRoutes } from './routes/sign-in.ts';
import { addWalletLoginRoutes } from './routes/wallet-login.ts';

export function addResidentRoutes(app: FastifyInstance, plain: Deps, doors: ResidentDoors): void {
  const deps = { ...plain, doors };
  addSignInRoutes(app, deps);
  addWalletLoginRoutes(app, deps);
  addAccountRoutes(app, deps);
  addHomeRoutes(app, deps);
  addResidentConsole(app, deps);
}
