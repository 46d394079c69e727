import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { CommunityFilter, FeeItemFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { dayText } from '../ui/format.ts';
import { useUrlFilters } from '../ui/url-state.ts';
import { AssignDrawer } from './AssignDrawer.tsx';
import { EndAssignmentForm } from './EndAssignmentForm.tsx';

export type Assignment = Item<'GET /api/assignments'>;

export function AssignmentsPage() {
  const { t } = useTranslation('charging');
  const [language] = useLanguage();
  const { can } = useSession();
  const [isAssigning, setAssigning] = useState(false);
  const [ended, setEnded] = useState<Assignment | undefined>();
  const { values, after, set, clear, isFiltered } = useUrlFilters([
    'communityId',
    'feeItemId',
    'unitId',
  ]);
  const query = useRead('GET /api/assignments', { query: { ...values, after } });
  const add = can('charging.write') && (
    <Button type="primary" onClick={() => setAssigning(true)}>
      {t('assignment.add')}
    </Button>
  );
  return (
    <>
      <DataPage<Assignment>
        title={t('assignment.title')}
        intro={t('assignment.intro')}
        label={t('assignment.title')}
        query={query}
        rowKey={({ id }) => id}
        actions={add}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/assignments.csv', {}, values)}
        empty={{ title: t('assignment.emptyTitle'), hint: t('assignment.emptyHint'), action: add }}
        filters={
          <>
            <CommunityFilter
              value={values.communityId}
              onChange={(communityId) => set({ communityId })}
            />
            <FeeItemFilter value={values.feeItemId} onChange={(feeItemId) => set({ feeItemId })} />
          </>
        }
        columns={[
          {
            title: t('assignment.unit'),
            render: (_value, { unitId, unitLabel }) => (
              <Link to={paths.unit(unitId)} className="nowrap">
                {unitLabel}
              </Link>
            ),
          },
          { title: t('assignment.feeItem'), dataIndex: 'feeItemName' },
          { title: t('assignment.tariff'), dataIndex: 'tariffName' },
          {
            title: t('assignment.from'),
            render: (_value, { fromOn }) => (
              <span className="figure">{dayText(fromOn, language)}</span>
            ),
          },
          {
            title: t('assignment.to'),
            render: (_value, { toOn }) => (
              <span className="figure">
                {toOn ? dayText(toOn, language) : t('assignment.openEnd')}
              </span>
            ),
          },
          {
            title: t('item.actions'),
            render: (_value, assignment) =>
              can('charging.write') &&
              assignment.toOn === null && (
                <Button size="small" danger onClick={() => setEnded(assignment)}>
                  {t('assignment.end')}
                </Button>
              ),
          },
        ]}
      />
      <AssignDrawer
        isOpen={isAssigning}
        communityId={values.communityId}
        feeItemId={values.feeItemId}
        onClose={() => setAssigning(false)}
      />
      <EndAssignmentForm assignment={ended} onClose={() => setEnded(undefined)} />
    </>
  );
}
