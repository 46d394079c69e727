import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import type { ContentDoors } from './deps.ts';
import { addAnnouncementRoutes } from './routes/announcement-routes.ts';
import { addHelpRoutes } from './routes/help-routes.ts';

export function addContentRoutes(app: FastifyInstance, plain: Deps, doors: ContentDoors): void {
  const deps = { ...plain, doors };
  addHelpRoutes(app, deps);
  addAnnouncementRoutes(app, deps);
}
