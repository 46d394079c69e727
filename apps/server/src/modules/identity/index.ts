export { type PermissionName, permissions } from './domain/permissions.ts';
export type { BuiltInRoleKey } from './domain/roles.ts';
export { identityTasks } from './jobs.ts';
export { type Company, companyByShortCode, companyOf } from './queries/companies.ts';
export { addIdentityRoutes } from './routes.ts';
export { builtInRoleId } from './store/company-store.ts';
export { authenticate } from './use-cases/authenticate.ts';
export { type CompanyInput, createCompany } from './use-cases/create-company.ts';
export { createStaff, type StaffInput } from './use-cases/create-staff.ts';
export {
  ensureFirstAdministrator,
  type FirstAdministrator,
} from './use-cases/ensure-first-administrator.ts';
