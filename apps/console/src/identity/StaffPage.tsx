import { Button, Card, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { DataList } from '../ui/DataPage.tsx';
import { FilterSearch, FilterSelect } from '../ui/Filters.tsx';
import { Page } from '../ui/Page.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { NewPassword, type ShownPassword } from './NewPassword.tsx';
import { RolesList } from './RolesList.tsx';
import { StaffForm, type StaffValues } from './StaffForm.tsx';
import { useStaffColumns } from './staff-columns.tsx';

export type Staff = Item<'GET /api/staff'>;

const states = ['active', 'disabled'] as const;

/** Who may sign in, and what they may do. */
export function StaffPage() {
  const { t } = useTranslation(['identity', 'ui']);
  const [edited, setEdited] = useState<Staff | 'new' | undefined>();
  const [password, setPassword] = useState<ShownPassword | undefined>();
  const add = useWrite('POST /api/staff');
  const change = useWrite('PATCH /api/staff/:staffId');
  const save = async (values: StaffValues) => {
    const { displayName, roleIds } = values;
    if (edited === 'new') {
      const { loginName, password: first } = values;
      const body = { loginName, displayName, roleIds, ...(first && { password: first }) };
      showPassword(await add.mutateAsync({ body }));
    } else if (edited) {
      const params = { staffId: edited.id };
      await change.mutateAsync({ params, body: { displayName, roleIds } });
    }
  };
  const showPassword = ({ staff, generatedPassword }: Saved) => {
    if (generatedPassword) setPassword({ name: staff.displayName, password: generatedPassword });
  };
  return (
    <Page
      title={t('staff.title')}
      intro={t('staff.intro')}
      actions={
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('staff.add')}
        </Button>
      }
    >
      <Card>
        <Tabs
          items={[
            {
              key: 'staff',
              label: t('staff.tabStaff'),
              children: (
                <StaffList
                  onEdit={setEdited}
                  onAct={async (staffId, body) =>
                    showPassword(await change.mutateAsync({ params: { staffId }, body }))
                  }
                />
              ),
            },
            { key: 'roles', label: t('staff.tabRoles'), children: <RolesList /> },
          ]}
        />
      </Card>
      <StaffForm edited={edited} onClose={() => setEdited(undefined)} onSave={save} />
      <NewPassword shown={password} onClose={() => setPassword(undefined)} />
    </Page>
  );
}

interface Saved {
  readonly staff: Staff;
  readonly generatedPassword: string | null;
}

type Act = Parameters<typeof useStaffColumns>[0]['onAct'];

function StaffList({ onEdit, onAct }: { onEdit: (staff: Staff) => void; onAct: Act }) {
  const { t } = useTranslation(['identity', 'ui']);
  const { values, after, set, clear, isFiltered } = useUrlFilters(['search', 'state']);
  const state = states.find((one) => one === values.state);
  const filter = { search: values.search, state };
  const query = useRead('GET /api/staff', { query: { ...filter, after } });
  const columns = useStaffColumns({ onEdit, onAct });
  return (
    <DataList
      label={t('staff.tabStaff')}
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      isFiltered={isFiltered}
      onClearFilters={clear}
      empty={{ title: t('staff.emptyTitle'), hint: t('staff.emptyHint') }}
      exportUrl={addressOf('/api/staff.csv', {}, filter)}
      filters={
        <>
          <FilterSearch
            label={t('ui:search')}
            placeholder={t('staff.searchHint')}
            value={values.search}
            onChange={(search) => set({ search })}
          />
          <FilterSelect
            label={t('staff.state')}
            value={values.state}
            onChange={(next) => set({ state: next })}
            options={states.map((value) => ({ value, label: t(`staff.state.${value}`) }))}
          />
        </>
      }
    />
  );
}
