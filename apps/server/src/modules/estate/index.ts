export type {
  AppliedFees,
  ApplyFees,
  ImportedAssignment,
  ImportedFee,
  ImportedFees,
} from './imported-fee.ts';
export { findByRoomCode, type RoomOfCode } from './queries/find-by-room-code.ts';
export { createCommunity } from './use-cases/create-community.ts';
export { roomCodeOf } from './use-cases/room-code.ts';
