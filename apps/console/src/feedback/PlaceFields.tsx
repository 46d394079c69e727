import { type Fen, yuanAmount } from '@wuye-pay/money';
import { Form, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { SelectField } from '../ui/Fields.tsx';
import { useCategoryOptions } from './use-ticket-choices.ts';

/** Long enough for an input method to finish a word. */
const searchDelayMs = 400;
const mostUnits = 20;
const mostBills = 50;

/** Where it is: a community, a unit of it, and a bill of that unit when that is disputed. */
export function PlaceFields() {
  const { t } = useTranslation('feedback');
  const form = Form.useFormInstance();
  const { options } = useCommunityOptions();
  const { ordinary } = useCategoryOptions();
  const communityId = Form.useWatch<string | undefined>('communityId', form);
  const unitId = Form.useWatch<string | undefined>('unitId', form);
  const billId = Form.useWatch<string | undefined>('billId', form);
  const bills = useRead(
    'GET /api/bills',
    { query: { unitId, state: 'open', limit: mostBills } },
    { enabled: unitId !== undefined },
  );
  useEffect(() => {
    form.setFieldsValue({ billId: undefined });
  }, [form, unitId]);
  return (
    <>
      <SelectField name="communityId" label={t('new.community')} options={options} required />
      {communityId !== undefined && <UnitField key={communityId} communityId={communityId} />}
      {unitId !== undefined && (
        <SelectField
          name="billId"
          label={t('new.bill')}
          loading={bills.isFetching}
          options={(bills.data?.items ?? []).map((bill) => ({
            value: bill.id,
            label: `${bill.month.slice(0, 7)} ${bill.feeItemName} ${yuanAmount(bill.openFen as Fen)}`,
          }))}
        />
      )}
      {billId === undefined && (
        <SelectField name="categoryId" label={t('list.category')} options={ordinary} required />
      )}
    </>
  );
}

/** Found by door, owner or phone. */
function UnitField({ communityId }: { readonly communityId: string }) {
  const { t } = useTranslation('feedback');
  const form = Form.useFormInstance();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    form.setFieldsValue({ unitId: undefined });
  }, [form]);
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), searchDelayMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = useRead(
    'GET /api/units',
    { query: { communityId, ...(search !== '' && { search }), limit: mostUnits } },
    {},
  );
  return (
    <Form.Item name="unitId" label={t('new.unit')}>
      <Select
        allowClear
        placeholder={t('new.unitHint')}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={query.isFetching}
        options={(query.data?.items ?? []).map(({ id, label }) => ({ value: id, label }))}
      />
    </Form.Item>
  );
}
