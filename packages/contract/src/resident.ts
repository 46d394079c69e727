import Type from 'typebox';
import { Id, Instant } from './common.ts';

export const BindingRole = Type.Enum(['owner', 'tenant', 'family', 'payer']);

/** A home that the signed-in resident may see and pay for. */
export const HomeView = Type.Object({
  bindingId: Id,
  unitId: Id,
  communityId: Id,
  communityName: Type.String(),
  label: Type.String(),
  kind: Type.Enum(['home', 'shop', 'parking', 'storage']),
  role: BindingRole,
  boundAt: Instant,
});

/** JSON routes of the module resident, for whoever is signed in to the app. */
export const residentRoutes = {
  'GET /api/resident/homes': { response: Type.Object({ items: Type.Array(HomeView) }) },
} as const;
