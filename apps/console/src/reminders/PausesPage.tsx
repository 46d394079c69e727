import { Button, Card, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { DayField, Field, LongTextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { dayText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { moneyColumn } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useUnitSearch } from './use-unit-search.ts';

type Pause = Item<'GET /api/reminder-pauses'>;

/** Homes that promised to pay and are left in peace until then. */
export function PausesPage() {
  const { t } = useTranslation('reminders');
  const { can } = useSession();
  const [isOpen, setOpen] = useState(false);
  const query = useRead('GET /api/reminder-pauses', {});
  const add = can('reminders.write') && (
    <Button type="primary" onClick={() => setOpen(true)}>
      {t('pauses.add')}
    </Button>
  );
  return (
    <Page title={t('pauses.title')} intro={t('pauses.intro')} actions={add}>
      <Card>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNotice title={t('pauses.empty')} hint={t('pauses.emptyHint')} action={add} />
            ) : (
              <PauseTable items={items} />
            )
          }
        </Loaded>
      </Card>
      <PauseForm isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

function PauseTable({ items }: { readonly items: readonly Pause[] }) {
  const { t } = useTranslation('reminders');
  const [language] = useLanguage();
  return (
    <DataTable<Pause>
      label={t('pauses.title')}
      dataSource={items}
      rowKey="unitId"
      columns={[
        {
          title: t('pauses.home'),
          render: (_value, { unitId, unitLabel, communityName }) => (
            <Link to={paths.unit(unitId)}>{`${communityName} ${unitLabel}`}</Link>
          ),
        },
        { title: t('pauses.until'), render: (_value, { until }) => dayText(until, language) },
        {
          title: t('pauses.reason'),
          render: (_value, { reason }) => <div className="wrapping">{reason}</div>,
        },
        { title: t('pauses.by'), dataIndex: 'pausedBy' },
        moneyColumn(t('pauses.owed'), ({ owedFen }) => owedFen, 'owed'),
        {
          title: t('pauses.end'),
          render: (_value, pause) => <EndButton pause={pause} />,
        },
      ]}
    />
  );
}

function EndButton({ pause: { unitId, unitLabel } }: { readonly pause: Pause }) {
  const { t } = useTranslation('reminders');
  const { can } = useSession();
  const { done } = useMessages();
  const end = useWrite('DELETE /api/units/:unitId/reminder-pause');
  if (!can('reminders.write')) return null;
  return (
    <ConfirmButton
      label={t('pauses.end')}
      title={t('pauses.endTitle', { home: unitLabel })}
      consequences={[t('pauses.endSays')]}
      confirmLabel={t('pauses.end')}
      onConfirm={async () => {
        await end.mutateAsync({ params: { unitId } });
        done(t('pauses.ended'));
      }}
    />
  );
}

interface Values {
  readonly unitId: string;
  readonly until: string;
  readonly reason: string;
}

function PauseForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('reminders');
  const { done } = useMessages();
  const { options, isLoading, search } = useUnitSearch();
  const save = useWrite('PUT /api/units/:unitId/reminder-pause');
  return (
    <FormDrawer<Values>
      title={t('pauses.add')}
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={async ({ unitId, ...body }) => {
        await save.mutateAsync({ params: { unitId }, body });
        done(t('pauses.saved'));
      }}
    >
      <Field name="unitId" label={t('pauses.home')} required>
        <Select
          options={[...options]}
          loading={isLoading}
          placeholder={t('manual.homesPlace')}
          showSearch={{ onSearch: search, optionFilterProp: 'label' }}
        />
      </Field>
      <DayField name="until" label={t('pauses.until')} help={t('pauses.untilHelp')} required />
      <LongTextField
        name="reason"
        label={t('pauses.reason')}
        placeholder={t('pauses.reasonPlace')}
        required
      />
    </FormDrawer>
  );
}
