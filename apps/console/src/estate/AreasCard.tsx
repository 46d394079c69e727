import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { DayField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { dayText, decimalText, todayOf } from '../ui/format.ts';
import { useMessages } from '../ui/use-messages.ts';
import { Area } from './Area.tsx';
import type { Unit } from './UnitPage.tsx';

const kinds = ['builtM2', 'innerM2', 'chargeableM2'] as const;

/** The areas of a unit with the day from which each holds. */
export function AreasCard({ unit }: { readonly unit: Unit }) {
  const { t } = useTranslation('estate');
  const [language] = useLanguage();
  const { can } = useSession();
  const [isChanging, setChanging] = useState(false);
  return (
    <Card
      title={<h2 className="card-title">{t('areas.title')}</h2>}
      extra={
        can('estate.write') && (
          <Button onClick={() => setChanging(true)}>{t('areas.change')}</Button>
        )
      }
    >
      {unit.areas.length === 0 ? (
        <EmptyNotice title={t('areas.empty')} hint={t('areas.emptyHint')} />
      ) : (
        <DataTable
          label={t('areas.title')}
          size="small"
          dataSource={unit.areas}
          rowKey={({ effectiveOn }) => effectiveOn ?? 'always'}
          columns={[
            {
              title: t('areas.effectiveOn'),
              render: (_value, { effectiveOn }) => (
                <span className="figure">
                  {effectiveOn ? dayText(effectiveOn, language) : t('areas.always')}
                </span>
              ),
            },
            ...kinds.map((kind) => ({
              title: t(`units.${kind}`),
              align: 'right' as const,
              render: (_value: unknown, area: Unit['areas'][number]) => <Area m2={area[kind]} />,
            })),
          ]}
        />
      )}
      <AreaForm unit={unit} isOpen={isChanging} onClose={() => setChanging(false)} />
    </Card>
  );
}

interface AreaValues {
  readonly effectiveOn: string;
  readonly builtM2?: string;
  readonly innerM2?: string;
  readonly chargeableM2?: string;
}

interface AreaFormProps {
  readonly unit: Unit;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function AreaForm({ unit, isOpen, onClose }: AreaFormProps) {
  const { t } = useTranslation('estate');
  const { done } = useMessages();
  const save = useWrite('POST /api/units/:unitId/areas');
  const shown = (value: string | null) => (value === null ? '' : decimalText(value));
  return (
    <FormDrawer<AreaValues>
      title={t('areas.changeTitle', { label: unit.label })}
      isOpen={isOpen}
      onClose={onClose}
      initialValues={{
        effectiveOn: todayOf(),
        builtM2: shown(unit.builtM2),
        innerM2: shown(unit.innerM2),
        chargeableM2: shown(unit.chargeableM2),
      }}
      onSubmit={async ({ effectiveOn, builtM2, innerM2, chargeableM2 }) => {
        await save.mutateAsync({
          params: { unitId: unit.id },
          body: {
            effectiveOn,
            builtM2: builtM2?.trim() || null,
            innerM2: innerM2?.trim() || null,
            chargeableM2: chargeableM2?.trim() || null,
          },
        });
        done(t('areas.changed'));
      }}
    >
      <DayField name="effectiveOn" label={t('areas.effectiveOn')} required help={t('areas.help')} />
      {kinds.map((kind) => (
        <TextField
          key={kind}
          name={kind}
          label={t(`units.${kind}`)}
          type="decimal"
          suffix="㎡"
          maxLength={19}
          help={t('areas.keep')}
        />
      ))}
    </FormDrawer>
  );
}
