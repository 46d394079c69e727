import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import { addAccountRoutes } from './routes/accounts.ts';
import { addChangeRoutes } from './routes/changes.ts';
import { addChannelFiles } from './routes/files.ts';

export function addChannelsRoutes(app: FastifyInstance, deps: Deps): void {
  addAccountRoutes(app, deps);
  addChangeRoutes(app, deps);
  addChannelFiles(app, deps);
}
