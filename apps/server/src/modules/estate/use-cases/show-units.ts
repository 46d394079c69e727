import type { RoomCodeView, UnitDetail, UnitKind, UnitRow } from '@wuye-pay/contract';
import type { Static } from 'typebox';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { historyText } from '../domain/history-text.ts';
import { readSearch } from '../domain/search.ts';
import { estateErrors } from '../errors.ts';
import { nameIndex, phoneIndex } from '../person-secrets.ts';
import { type IndexedSearch, listUnits, type UnitListRow, unitRow } from '../queries/list-units.ts';
import {
  areasOf,
  historyOf,
  peopleOf,
  type RoomCodeRow,
  roomCodesOf,
} from '../queries/unit-detail.ts';
import { companyFacts } from '../store/company-store.ts';

type ShowDeps = Pick<Deps, 'db' | 'clock' | 'secrets' | 'publicUrl'>;

export interface UnitFilterInput {
  readonly communityId?: string;
  readonly buildingId?: string;
  readonly kind?: UnitKind;
  readonly state?: 'active' | 'retired';
  readonly search?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Nothing of a person leaves but masks. */
export function showUnits(
  deps: ShowDeps,
  companyId: string,
  { after, search, ...filter }: UnitFilterInput,
): Promise<ListPage<UnitRow>> {
  const mark = readMark(after, [markForms.text, markForms.id]);
  return deps.db.read(companyId, async (tx) => {
    const rows = await listUnits(tx, {
      ...filter,
      search: indexedSearch(deps, companyId, search),
      after: mark,
      limit: filter.limit + 1,
      today: await todayOf(deps, tx),
    });
    return pageOf(rows, filter.limit, shownRow, ({ sortKey, id }) => [sortKey, id]);
  });
}

function indexedSearch(
  { secrets }: ShowDeps,
  companyId: string,
  text: string | undefined,
): IndexedSearch | undefined {
  const search = readSearch(text ?? '');
  if (!search) return undefined;
  const { door, name, phone, phoneEnd } = search;
  return {
    door,
    phoneEnd,
    nameIndex: name === null ? null : nameIndex(secrets, companyId, name),
    phoneIndex: phone === null ? null : phoneIndex(secrets, companyId, phone),
  };
}

/** @throws UNIT_NOT_FOUND */
export function showUnit(deps: ShowDeps, companyId: string, unitId: string): Promise<UnitDetail> {
  return deps.db.read(companyId, async (tx) => {
    const today = await todayOf(deps, tx);
    const row = await unitRow(tx, unitId, today);
    if (!row) throw estateErrors.UNIT_NOT_FOUND();
    const [areas, people, codes, history] = await Promise.all([
      areasOf(tx, unitId),
      peopleOf(tx, unitId, today),
      roomCodesOf(tx, unitId),
      historyOf(tx, unitId, yearsBefore(today, historyYears)),
    ]);
    return {
      ...shownRow(row),
      innerM2: row.innerM2,
      areas,
      people,
      roomCode: shownCode(deps, codes),
      history: history.map(({ id, at, actorName, action, detail }) => ({
        id,
        at: at.toISOString(),
        actorName,
        action,
        text: historyText(action, detail),
      })),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

/** The current code and those it replaced. @throws UNIT_NOT_FOUND when there is none */
export function showRoomCode(
  deps: ShowDeps,
  companyId: string,
  unitId: string,
): Promise<Static<typeof RoomCodeView>> {
  return deps.db.read(companyId, async (tx) => {
    const code = shownCode(deps, await roomCodesOf(tx, unitId));
    if (!code) throw estateErrors.UNIT_NOT_FOUND();
    return code;
  });
}

/** The audit log is read over a bounded time. */
const historyYears = 5;

function yearsBefore(day: string, years: number): string {
  return `${Number(day.slice(0, 4)) - years}-01-01`;
}

function shownCode(
  { publicUrl }: Pick<Deps, 'publicUrl'>,
  codes: readonly RoomCodeRow[],
): Static<typeof RoomCodeView> | null {
  const current = codes.find(({ revokedAt }) => revokedAt === null);
  if (!current) return null;
  return {
    code: current.code,
    url: `${publicUrl}/q/${current.code}`,
    createdAt: current.createdAt.toISOString(),
    replaced: codes.flatMap(({ code, revokedAt }) =>
      revokedAt ? [{ code, revokedAt: revokedAt.toISOString() }] : [],
    ),
  };
}

function shownRow(row: UnitListRow): UnitRow {
  const { sortKey: _sortKey, innerM2: _innerM2, createdAt: _at, updatedAt: _to, ...shown } = row;
  return shown;
}

async function todayOf({ clock }: ShowDeps, tx: Tx): Promise<string> {
  return dayOf(clock.now(), (await companyFacts(tx)).timeZone);
}
