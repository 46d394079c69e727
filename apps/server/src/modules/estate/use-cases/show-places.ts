import type { BuildingView, CommunityView } from '@wuye-pay/contract';
import type { Static } from 'typebox';
import type { Deps } from '../../../platform/deps.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { listBuildings, listCommunities } from '../queries/list-places.ts';

export interface PageInput {
  readonly after?: string;
  readonly limit: number;
}

export function showCommunities(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  { after, limit }: PageInput,
): Promise<ListPage<CommunityView>> {
  const mark = readMark(after, [markForms.text, markForms.id]);
  return deps.db.read(companyId, async (tx) => {
    const rows = await listCommunities(tx, { after: mark, limit });
    return pageOf(
      rows,
      limit,
      (row) => row,
      ({ name, id }) => [name, id],
    );
  });
}

export function showBuildings(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  { communityId, after, limit }: PageInput & { readonly communityId: string },
): Promise<ListPage<Static<typeof BuildingView>>> {
  const mark = readMark(after, [markForms.number, markForms.text]);
  return deps.db.read(companyId, async (tx) => {
    const rows = await listBuildings(tx, communityId, { after: mark, limit });
    const shown = ({ number: _number, ...row }: (typeof rows)[number]) => row;
    return pageOf(rows, limit, shown, ({ number, name }) => [number, name]);
  });
}
