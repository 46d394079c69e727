import { afterAll, expect, test } from 'vitest';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { findByRoomCode } from '../queries/find-by-room-code.ts';
import { replaceRoomCode, roomCodeOf } from './room-code.ts';

const system = await givenSystem();
afterAll(() => system.close());

const find = (code: string, companyId = system.companyId) =>
  system.deps.db.read(companyId, (tx) => findByRoomCode(tx, code));

test('the code on the door leads to the home, and shows its owner masked', async () => {
  const unit = await givenUnit(system, { building: '2', entrance: '1', doorNo: '301' });
  expect(unit.roomCode).toMatch(/^test-[0-9a-hjkmnp-tv-z]{17}$/);
  expect(await find(unit.roomCode)).toEqual({
    unitId: unit.unitId,
    communityId: unit.communityId,
    communityName: '晨光花园',
    unitLabel: '2栋1单元301',
    ownerMasked: '王*明',
    revoked: false,
    service: null,
  });
  expect(await find(unit.roomCode.toUpperCase())).toMatchObject({ unitId: unit.unitId });
});

test('a slip in one character of a code leads nowhere', async () => {
  const { roomCode } = await givenUnit(system);
  for (let place = 5; place < roomCode.length; place += 1) {
    const other = roomCode[place] === 'a' ? 'b' : 'a';
    const slip = roomCode.slice(0, place) + other + roomCode.slice(place + 1);
    expect(await find(slip), slip).toBeUndefined();
  }
});

test('after a replacement the old print says so and the new one works', async () => {
  const unit = await givenUnit(system);
  const code = await replaceRoomCode(system.deps, {
    actor: system.staff,
    unitId: unit.unitId,
    reason: '二维码被撕毁',
  });
  expect(code).not.toBe(unit.roomCode);
  expect(await find(unit.roomCode)).toMatchObject({ unitId: unit.unitId, revoked: true });
  expect(await find(code)).toMatchObject({ unitId: unit.unitId, revoked: false });
});

test('many who print the code of a unit at once get one and the same', async () => {
  const unit = await givenUnit(system);
  await replaceRoomCode(system.deps, { actor: system.staff, unitId: unit.unitId, reason: '重印' });
  const codes = await Promise.all(
    Array.from({ length: 8 }, () =>
      system.deps.db.transaction(system.companyId, (tx) =>
        roomCodeOf(system.deps, tx, unit.unitId),
      ),
    ),
  );
  expect(new Set(codes).size).toBe(1);
});

test('another company does not find the home behind a code', async () => {
  const unit = await givenUnit(system);
  const other = await system.addCompany('other');
  expect(await find(unit.roomCode, other)).toBeUndefined();
});
