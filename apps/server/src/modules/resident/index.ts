export type { ResidentDoors } from './doors.ts';
export { residentTasks } from './jobs.ts';
export { type BindingRole, type Home, homesOf } from './queries/homes.ts';
export { addResidentRoutes } from './routes.ts';
export { authenticateResident } from './use-cases/authenticate-resident.ts';
export { beginSession } from './use-cases/begin-session.ts';
export { type Contact, contactsOfUnits } from './use-cases/contacts-of-units.ts';
export { requireHome, requireHousehold } from './use-cases/require-home.ts';
