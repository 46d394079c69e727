import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FeedbackWorld, feedbackWorld, phonePhoto } from '../../../test/feedback-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { givenResident } from '../../../test/resident-builders.ts';
import { sql } from '../../platform/database/index.ts';
import { builtInId } from './queries/categories.ts';
import type { PhotoReader } from './queries/photo.ts';
import { noteOnTicket } from './use-cases/answer-ticket.ts';
import { keepPhoto, showPhoto } from './use-cases/keep-photo.ts';
import { openForResident } from './use-cases/resident-tickets.ts';
import { watchClocks } from './use-cases/watch-clocks.ts';

let system: TestSystem;
let world: FeedbackWorld;
let photo: Buffer;
let keys = 0;
beforeAll(async () => {
  system = await givenSystem();
  photo = await phonePhoto();
});
afterAll(() => system.close());
beforeEach(async () => {
  world = await feedbackWorld(system);
});

async function uploaded(ownerKey = `resident/${world.resident.accountId}`): Promise<string> {
  const upload = { companyId: world.companyId, ownerKey, spendings: [], bytes: photo };
  return (await keepPhoto(system.deps, upload)).id;
}

async function openedWith(photoIds: string[], actor = world.resident.actor): Promise<string> {
  const { ticketId } = await openForResident(system.deps, {
    actor,
    idempotencyKey: `photo-key-${(keys += 1)}`,
    unitId: world.unit.unitId,
    categoryId: builtInId(world.companyId, 'repair'),
    text: '墙面渗水',
    photoIds,
  });
  return ticketId;
}

function see(photoId: string, reader: PhotoReader['reader'], companyId = world.companyId) {
  return showPhoto(system.deps, { companyId, photoId, reader });
}

describe('a photo of a ticket', () => {
  test('lies encrypted, and is shown to who sent it and to staff', async () => {
    const photoId = await uploaded();
    await openedWith([photoId]);
    const row = await system.deps.jobsDb.global.one(sql<{ cipher: Buffer }>`
      select cipher from feedback.photo where id = ${photoId}`);
    expect(row.cipher.includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
    const shown = await see(photoId, { kind: 'resident', id: world.resident.accountId });
    expect(shown.bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect((await see(photoId, { kind: 'staff', id: world.staff.id })).bytes).toEqual(shown.bytes);
  });

  test('not to the family, not to another company, not by another ticket’s link', async () => {
    const photoId = await uploaded();
    await openedWith([photoId]);
    const { companyId, unit } = world;
    const family = await givenResident(system, { companyId, unitIds: [unit.unitId] });
    const strangers = await feedbackWorld(system);
    const other = await openedWith([]);
    const attempts = [
      see(photoId, { kind: 'resident', id: family.accountId }),
      see(photoId, { kind: 'link', ticketId: other }),
      see(photoId, { kind: 'staff', id: strangers.staff.id }, strangers.companyId),
    ];
    const refused = (await Promise.allSettled(attempts)).map((outcome) =>
      outcome.status === 'rejected' ? outcome.reason.code : 'shown',
    );
    expect(new Set(refused)).toEqual(new Set(['PHOTO_NOT_FOUND']));
  });

  test('that a colleague put into a note is not the resident’s to see', async () => {
    const ticketId = await openedWith([]);
    const photoId = await uploaded(`staff/${world.staff.id}`);
    const note = { ticketId, text: '现场', photoIds: [photoId], idempotencyKey: 'a-note-photo' };
    await noteOnTicket(system.deps, { actor: world.staff, ...note });
    const seen = see(photoId, { kind: 'resident', id: world.resident.accountId });
    await expect(seen).rejects.toThrow(/PHOTO_NOT_FOUND/);
    await expect(see(photoId, { kind: 'link', ticketId })).rejects.toThrow(/PHOTO_NOT_FOUND/);
  });

  test('of somebody else, or one that was sent already, cannot be sent', async () => {
    const theirs = await uploaded('resident/somebody-else');
    await expect(openedWith([theirs])).rejects.toThrow(/PHOTO_NOT_FOUND/);
    const mine = await uploaded();
    await openedWith([mine]);
    await expect(openedWith([mine])).rejects.toThrow(/PHOTO_NOT_FOUND/);
  });

  test('that was never sent is gone after a day', async () => {
    const [loose, sent] = [await uploaded(), await uploaded()];
    await openedWith([sent]);
    system.clock.advance(86_400_001);
    await watchClocks(system.deps);
    const reader = { kind: 'resident' as const, id: world.resident.accountId };
    await expect(see(loose, reader)).rejects.toThrow(/PHOTO_NOT_FOUND/);
    expect((await see(sent, reader)).mediaType).toBe('image/jpeg');
  });
});
