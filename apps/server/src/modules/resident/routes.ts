import { residentRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import { addResidentRoute } from '../../platform/http/index.ts';
import { homesOf } from './queries/homes.ts';

export function addResidentRoutes(app: FastifyInstance, deps: Pick<Deps, 'db'>): void {
  addResidentRoute(app, contract, 'GET /api/resident/homes', async ({ actor }) => {
    const homes = await deps.db.read(actor.companyId, (tx) => homesOf(tx, actor.id));
    return { items: homes.map((home) => ({ ...home, boundAt: home.boundAt.toISOString() })) };
  });
}
