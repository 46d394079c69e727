import { Button, Card, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { dayText } from '../ui/format.ts';
import { AddPersonForm, EditPersonForm, MoveOutForm } from './person-forms.tsx';
import { RevealDialog } from './RevealDialog.tsx';
import type { Unit } from './UnitPage.tsx';

export type Occupant = Unit['people'][number];

interface Open {
  readonly form: 'add' | 'edit' | 'moveOut' | 'reveal';
  readonly person?: Occupant;
}

/** Who lives here or owns it, masked; whoever may can look at the clear values, with a reason. */
export function PeopleCard({ unit }: { readonly unit: Unit }) {
  const { t } = useTranslation('estate');
  const { can } = useSession();
  const [open, setOpen] = useState<Open | undefined>();
  const close = () => setOpen(undefined);
  const columns = usePeopleColumns(setOpen);
  const personIn = (form: Open['form']) => (open?.form === form ? open.person : undefined);
  return (
    <Card
      title={<h2 className="card-title">{t('people.title')}</h2>}
      extra={
        can('estate.write') && (
          <Button onClick={() => setOpen({ form: 'add' })}>{t('people.add')}</Button>
        )
      }
    >
      {unit.people.length === 0 ? (
        <EmptyNotice title={t('people.empty')} hint={t('people.emptyHint')} />
      ) : (
        <DataTable
          label={t('people.title')}
          dataSource={unit.people}
          rowKey="occupancyId"
          columns={columns}
        />
      )}
      <AddPersonForm unit={unit} isOpen={open?.form === 'add'} onClose={close} />
      <EditPersonForm person={personIn('edit')} onClose={close} />
      <MoveOutForm unit={unit} person={personIn('moveOut')} onClose={close} />
      <RevealDialog person={personIn('reveal')} onClose={close} />
    </Card>
  );
}

function usePeopleColumns(
  onOpen: (open: Open) => void,
): NonNullable<TableProps<Occupant>['columns']> {
  const { t } = useTranslation(['estate', 'ui']);
  const [language] = useLanguage();
  const { can } = useSession();
  const day = (value: string | null) => (
    <span className="figure">{value ? dayText(value, language) : t('ui:none')}</span>
  );
  return [
    {
      title: t('people.name'),
      render: (_value, { nameMasked, isCurrent }) => (
        <span className="nowrap">
          {nameMasked} {!isCurrent && <Tag>{t('people.former')}</Tag>}
        </span>
      ),
    },
    { title: t('people.role'), render: (_value, { role }) => t(`people.role.${role}`) },
    {
      title: t('people.phone'),
      render: (_value, { phoneMasked }) => (
        <span className="figure">{phoneMasked ?? t('ui:none')}</span>
      ),
    },
    { title: t('people.fromOn'), render: (_value, { fromOn }) => day(fromOn) },
    { title: t('people.toOn'), render: (_value, { toOn }) => day(toOn) },
    {
      title: t('people.actions'),
      render: (_value, person) => (
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          {can('estate.reveal') && (
            <Button size="small" onClick={() => onOpen({ form: 'reveal', person })}>
              {t('people.reveal')}
            </Button>
          )}
          {can('estate.write') && person.isCurrent && (
            <>
              <Button size="small" onClick={() => onOpen({ form: 'edit', person })}>
                {t('people.edit')}
              </Button>
              <Button size="small" onClick={() => onOpen({ form: 'moveOut', person })}>
                {t('people.moveOut')}
              </Button>
            </>
          )}
        </div>
      ),
    },
  ];
}
