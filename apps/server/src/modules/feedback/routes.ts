import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import type { CashierDoors } from '../cashier/index.ts';
import { addAskPages } from './routes/ask-pages.ts';
import { createDoorman } from './routes/doorman.ts';
import { addFeedbackFiles } from './routes/files.ts';
import { addPhotoRoutes } from './routes/photos.ts';
import { addResidentTicketRoutes } from './routes/residents.ts';
import { addFeedbackSettingRoutes } from './routes/settings.ts';
import { addTicketPages } from './routes/ticket-pages.ts';
import { addTicketRoutes } from './routes/tickets.ts';

/** @param doors what cashier is handed: its pages are the ground of ours */
export function addFeedbackRoutes(app: FastifyInstance, deps: Deps, doors: CashierDoors): void {
  addResidentTicketRoutes(app, deps);
  addTicketRoutes(app, deps);
  addFeedbackSettingRoutes(app, deps);
  addPhotoRoutes(app, deps);
  addFeedbackFiles(app, deps);
  const doorman = createDoorman(deps.clock);
  addAskPages(app, { ...deps, doors }, doorman);
  addTicketPages(app, { ...deps, doors }, doorman);
}
