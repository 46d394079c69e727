export type {
  AppliedFees,
  ApplyFees,
  ImportedAssignment,
  ImportedFee,
  ImportedFees,
} from './imported-fee.ts';
export { estateTasks } from './jobs.ts';
export { findByRoomCode, type RoomOfCode } from './queries/find-by-room-code.ts';
export { type HomeOfName, homesOfNames } from './queries/homes-of-names.ts';
export {
  type HomeOnFile,
  homesOfPhone,
  type Occupant,
  type OwnerPhone,
  occupantOfName,
  ownerPhonesOf,
} from './queries/phones-on-file.ts';
export {
  communityServicePhones,
  companyServicePhone,
  type ServicePhone,
  servicePhoneOfUnit,
} from './queries/service-phones.ts';
export { addEstateRoutes } from './routes.ts';
export { editServicePhone } from './use-cases/edit-service-phone.ts';
export { orderApply } from './use-cases/manage-import.ts';
export { roomCodeOf, roomCodesOf } from './use-cases/room-code.ts';
export { runDueImports } from './use-cases/run-due-imports.ts';
export { showImport } from './use-cases/show-imports.ts';
export { uploadImport } from './use-cases/upload-import.ts';
