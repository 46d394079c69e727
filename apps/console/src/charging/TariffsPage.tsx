import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { FeeItemFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { dayText } from '../ui/format.ts';
import { useUrlFilters } from '../ui/url-state.ts';
import { EndTariffForm } from './EndTariffForm.tsx';
import { TariffForm } from './TariffForm.tsx';

export type Tariff = Item<'GET /api/tariffs'>;

interface Open {
  readonly form: 'new' | 'version' | 'end';
  readonly tariff?: Tariff;
}

export function TariffsPage() {
  const { t } = useTranslation('charging');
  const { can } = useSession();
  const [open, setOpen] = useState<Open | undefined>();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['feeItemId', 'versions']);
  const filter = {
    feeItemId: values.feeItemId,
    latest: values.versions === 'all' ? undefined : true,
  };
  const query = useRead('GET /api/tariffs', { query: { ...filter, after } });
  const close = () => setOpen(undefined);
  const add = can('charging.write') && (
    <Button type="primary" onClick={() => setOpen({ form: 'new' })}>
      {t('tariff.add')}
    </Button>
  );
  return (
    <>
      <DataPage<Tariff>
        title={t('tariff.title')}
        intro={t('tariff.intro')}
        label={t('tariff.title')}
        query={query}
        rowKey={({ id }) => id}
        columns={useTariffColumns(setOpen)}
        actions={add}
        isFiltered={isFiltered}
        onClearFilters={clear}
        exportUrl={addressOf('/api/tariffs.csv', {}, filter)}
        empty={{ title: t('tariff.emptyTitle'), hint: t('tariff.emptyHint'), action: add }}
        filters={
          <>
            <FeeItemFilter value={values.feeItemId} onChange={(feeItemId) => set({ feeItemId })} />
            <FilterSelect
              label={t('tariff.versions')}
              value={values.versions ?? 'latest'}
              onChange={(versions) => set({ versions: versions === 'all' ? 'all' : undefined })}
              options={[
                { value: 'latest', label: t('tariff.latestVersions') },
                { value: 'all', label: t('tariff.allVersions') },
              ]}
            />
          </>
        }
      />
      <TariffForm
        isOpen={open?.form === 'new' || open?.form === 'version'}
        previous={open?.form === 'version' ? open.tariff : undefined}
        feeItemId={values.feeItemId}
        onClose={close}
      />
      <EndTariffForm tariff={open?.form === 'end' ? open.tariff : undefined} onClose={close} />
    </>
  );
}

function useTariffColumns(
  onOpen: (open: Open) => void,
): NonNullable<TableProps<Tariff>['columns']> {
  const { t } = useTranslation('charging');
  const [language] = useLanguage();
  const { can } = useSession();
  return [
    { title: t('assignment.feeItem'), dataIndex: 'feeItemName' },
    { title: t('tariff.name'), dataIndex: 'name' },
    {
      title: t('tariff.version'),
      render: (_value, { version }) => (
        <span className="nowrap">{t('tariff.versionText', { version })}</span>
      ),
    },
    {
      title: t('tariff.formula'),
      render: (_value, { formula }) => <div className="wrapping">{formula[language]}</div>,
    },
    {
      title: t('tariff.effective'),
      render: (_value, { effectiveFrom, effectiveTo }) => {
        const from = dayText(effectiveFrom, language);
        return (
          <span className="figure">
            {effectiveTo
              ? t('tariff.range', { from, to: dayText(effectiveTo, language) })
              : t('tariff.from', { from })}
          </span>
        );
      },
    },
    {
      title: t('item.actions'),
      render: (_value, tariff) =>
        tariff.isLatest &&
        can('charging.write') && (
          <div className="row" style={{ flexWrap: 'nowrap' }}>
            <Button size="small" onClick={() => onOpen({ form: 'version', tariff })}>
              {t('tariff.newVersion')}
            </Button>
            {tariff.effectiveTo === null && (
              <Button size="small" danger onClick={() => onOpen({ form: 'end', tariff })}>
                {t('tariff.end')}
              </Button>
            )}
          </div>
        ),
    },
  ];
}
