import type { FastifyInstance } from 'fastify';
import type { AutopayInputDeps } from './deps.ts';
import { addResidentSide } from './routes/resident.ts';
import { addStaffSide } from './routes/staff.ts';

export function addAutopayRoutes(app: FastifyInstance, deps: AutopayInputDeps): void {
  addResidentSide(app, deps);
  addStaffSide(app, deps);
}
