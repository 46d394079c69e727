import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import { addFeedbackFiles } from './routes/files.ts';
import { addPhotoRoutes } from './routes/photos.ts';
import { addResidentTicketRoutes } from './routes/residents.ts';
import { addFeedbackSettingRoutes } from './routes/settings.ts';
import { addTicketRoutes } from './routes/tickets.ts';

export function addFeedbackRoutes(app: FastifyInstance, deps: Deps): void {
  addResidentTicketRoutes(app, deps);
  addTicketRoutes(app, deps);
  addFeedbackSettingRoutes(app, deps);
  addPhotoRoutes(app, deps);
  addFeedbackFiles(app, deps);
}
