export { type BindingRole, type Home, homesOf } from './queries/homes.ts';
export { addResidentRoutes } from './routes.ts';
export { authenticateResident } from './use-cases/authenticate-resident.ts';
export { beginSession } from './use-cases/begin-session.ts';
export { requireHome } from './use-cases/require-home.ts';
