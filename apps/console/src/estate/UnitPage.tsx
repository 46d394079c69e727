import { Card } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Body } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useKindOptions } from '../choices/use-options.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Facts } from '../ui/Facts.tsx';
import { DayField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { dayText, instantText } from '../ui/format.ts';
import { History } from '../ui/History.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { AreasCard } from './AreasCard.tsx';
import { PeopleCard } from './PeopleCard.tsx';
import { RoomCodeCard } from './RoomCodeCard.tsx';

export type Unit = Answer<'GET /api/units/:unitId'>;

interface UnitPageProps {
  readonly unitId: string;
  /** What other modules know of the unit: its bills and payments. */
  readonly money: (unit: Unit) => ReactNode;
}

export function UnitPage({ unitId, money }: UnitPageProps) {
  const query = useRead('GET /api/units/:unitId', { params: { unitId } });
  return <Loaded query={query}>{(unit) => <UnitView unit={unit}>{money(unit)}</UnitView>}</Loaded>;
}

function UnitView({ unit, children }: { readonly unit: Unit; readonly children: ReactNode }) {
  const { t } = useTranslation('estate');
  const [language] = useLanguage();
  const { can } = useSession();
  const [isEditing, setEditing] = useState(false);
  return (
    <Page
      title={unit.label}
      intro={unit.communityName}
      parent={{ label: t('unit.parent'), to: paths.units({ communityId: unit.communityId }) }}
      badge={
        <StateTag tone={unit.state === 'active' ? 'success' : 'default'}>
          {t(`units.state.${unit.state}`)}
        </StateTag>
      }
      actions={
        can('estate.write') && (
          <ActionButton onClick={() => setEditing(true)}>{t('unit.edit')}</ActionButton>
        )
      }
    >
      <UnitFacts unit={unit} />
      {children}
      <div className="columns">
        <AreasCard unit={unit} />
        <RoomCodeCard unit={unit} />
      </div>
      <PeopleCard unit={unit} />
      <Card title={<h2 className="card-title">{t('unit.history')}</h2>}>
        <History
          entries={unit.history.map(({ id, at, actorName, text }) => ({
            key: id,
            at,
            who: actorName ?? undefined,
            what: text[language],
          }))}
        />
      </Card>
      <UnitForm unit={unit} isOpen={isEditing} onClose={() => setEditing(false)} />
    </Page>
  );
}

function UnitFacts({ unit }: { readonly unit: Unit }) {
  const { t } = useTranslation(['estate', 'choices', 'ui']);
  const [language] = useLanguage();
  const or = (value: string) => value || t('ui:none');
  return (
    <Card>
      <Facts
        facts={[
          { label: t('unit.building'), value: unit.buildingName },
          { label: t('unit.entrance'), value: or(unit.entrance) },
          { label: t('unit.floor'), value: or(unit.floor) },
          { label: t('unit.doorNo'), value: unit.doorNo },
          { label: t('units.kind'), value: t(`choices:kind.${unit.kind}`) },
          {
            label: t('units.movedInOn'),
            value: unit.movedInOn ? dayText(unit.movedInOn, language) : t('ui:none'),
          },
          { label: t('unit.updatedAt'), value: instantText(unit.updatedAt, language) },
        ]}
      />
    </Card>
  );
}

interface UnitFormProps {
  readonly unit: Unit;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function UnitForm({ unit, isOpen, onClose }: UnitFormProps) {
  const { t } = useTranslation('estate');
  const save = useWrite('PATCH /api/units/:unitId');
  const { kind, floor, doorNo, movedInOn, state } = unit;
  return (
    <FormDrawer<Body<'PATCH /api/units/:unitId'>>
      title={t('unit.editTitle', { label: unit.label })}
      isOpen={isOpen}
      onClose={onClose}
      initialValues={{ kind, floor, doorNo, movedInOn, state }}
      onSubmit={(values) =>
        save.mutateAsync({
          params: { unitId: unit.id },
          body: { ...values, floor: values.floor ?? '', movedInOn: values.movedInOn ?? null },
        })
      }
    >
      <TextField name="doorNo" label={t('unit.doorNo')} required maxLength={30} />
      <TextField name="floor" label={t('unit.floor')} maxLength={10} />
      <SelectField name="kind" label={t('units.kind')} required options={useKindOptions()} />
      <DayField name="movedInOn" label={t('units.movedInOn')} />
      <SelectField
        name="state"
        label={t('units.state')}
        required
        options={(['active', 'retired'] as const).map((value) => ({
          value,
          label: t(`units.state.${value}`),
        }))}
      />
    </FormDrawer>
  );
}
