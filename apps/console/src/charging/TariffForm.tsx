import { Form } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useFeeItemOptions } from '../choices/use-options.ts';
import { DayField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { todayOf } from '../ui/format.ts';
import { useMessages } from '../ui/use-messages.ts';
import { RoundingFields } from './RoundingFields.tsx';
import { TariffPreview } from './TariffPreview.tsx';
import type { Tariff } from './TariffsPage.tsx';
import {
  areaBases,
  bases,
  periods,
  type TariffValues,
  termsOf,
  usualTerms,
  valuesOf,
} from './tariff-terms.ts';

interface TariffFormProps {
  readonly isOpen: boolean;
  /** The version that the new one follows; absent for a tariff of a new name. */
  readonly previous: Tariff | undefined;
  readonly feeItemId: string | undefined;
  readonly onClose: () => void;
}

export function TariffForm({ isOpen, previous, feeItemId, onClose }: TariffFormProps) {
  const { t } = useTranslation('charging');
  const { done } = useMessages();
  const save = useWrite('POST /api/tariffs');
  const feeItems = useFeeItemOptions();
  const nextMonth = dayjs(todayOf()).add(1, 'month').format('YYYY-MM-01');
  return (
    <FormDrawer<TariffValues>
      title={previous ? t('tariff.newVersionTitle', { name: previous.name }) : t('tariff.add')}
      isOpen={isOpen}
      onClose={onClose}
      width={560}
      initialValues={{
        ...usualTerms,
        ...(feeItemId !== undefined && { feeItemId }),
        ...(previous && valuesOf(previous)),
        effectiveFrom: nextMonth,
      }}
      onSubmit={async (values) => {
        const terms = termsOf(values);
        if (!terms) return;
        const { name, effectiveFrom } = values;
        const body = { ...terms, feeItemId: values.feeItemId, name, effectiveFrom };
        await save.mutateAsync({ body });
        done(t('tariff.saved'));
      }}
    >
      {previous ? (
        <>
          <Form.Item name="feeItemId" hidden>
            <input type="hidden" />
          </Form.Item>
          <Form.Item name="name" hidden>
            <input type="hidden" />
          </Form.Item>
        </>
      ) : (
        <>
          <SelectField
            name="feeItemId"
            label={t('assignment.feeItem')}
            required
            options={feeItems.options}
            loading={feeItems.isLoading}
          />
          <TextField
            name="name"
            label={t('tariff.name')}
            required
            maxLength={50}
            placeholder={t('tariff.nameHint')}
          />
        </>
      )}
      <PriceFields />
      <DayField
        name="effectiveFrom"
        label={t('tariff.effectiveFrom')}
        required
        help={t('tariff.effectiveHelp')}
      />
      <RoundingFields />
      <TariffPreview />
    </FormDrawer>
  );
}

function PriceFields() {
  const { t } = useTranslation('charging');
  const basis = Form.useWatch<TariffValues['basis'] | undefined>('basis');
  return (
    <>
      <SelectField
        name="basis"
        label={t('tariff.basis')}
        required
        options={bases.map((value) => ({ value, label: t(`tariff.basis.${value}`) }))}
      />
      {basis === 'area' && (
        <SelectField
          name="areaBasis"
          label={t('tariff.areaBasis')}
          required
          options={areaBases.map((value) => ({ value, label: t(`tariff.areaBasis.${value}`) }))}
        />
      )}
      <TextField
        name="price"
        label={t('tariff.price')}
        required
        type="decimal"
        maxLength={19}
        suffix={t(basis === 'fixed' ? 'tariff.priceFixed' : 'tariff.priceArea')}
      />
      <TextField
        name="surcharge"
        label={t('tariff.surcharge')}
        type="decimal"
        maxLength={19}
        suffix={t('tariff.surchargeUnit')}
      />
      <SelectField
        name="periodMonths"
        label={t('tariff.period')}
        required
        options={periods.map((months) => ({ value: months, label: t(`tariff.period.${months}`) }))}
      />
    </>
  );
}
