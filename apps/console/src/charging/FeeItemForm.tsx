import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { Field, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import type { FeeItem } from './FeeItemsPage.tsx';

const categories = ['income', 'deposit', 'agency'] as const;
const usualPriority = 100;

interface FeeItemValues {
  readonly name: string;
  readonly category: (typeof categories)[number];
  readonly priority: number;
}

interface FeeItemFormProps {
  readonly edited: FeeItem | 'new' | undefined;
  readonly onClose: () => void;
}

export function FeeItemForm({ edited, onClose }: FeeItemFormProps) {
  const { t } = useTranslation('charging');
  const add = useWrite('POST /api/fee-items');
  const change = useWrite('PATCH /api/fee-items/:feeItemId');
  const item = edited === 'new' ? undefined : edited;
  return (
    <FormDrawer<FeeItemValues>
      title={item ? t('item.editTitle', { name: item.name }) : t('item.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      initialValues={
        item
          ? { name: item.name, priority: item.priority }
          : { category: 'income', priority: usualPriority }
      }
      onSubmit={({ name, category, priority }) =>
        item
          ? change.mutateAsync({ params: { feeItemId: item.id }, body: { name, priority } })
          : add.mutateAsync({ body: { name, category, priority } })
      }
    >
      <TextField
        name="name"
        label={t('item.name')}
        required
        maxLength={50}
        placeholder={t('item.nameHint')}
      />
      {!item && (
        <SelectField
          name="category"
          label={t('item.category')}
          required
          help={t('item.categoryHelp')}
          options={categories.map((value) => ({ value, label: t(`item.category.${value}`) }))}
        />
      )}
      <Field name="priority" label={t('item.priority')} required help={t('item.priorityHelp')}>
        <InputNumber min={1} max={999} precision={0} style={{ width: '100%' }} />
      </Field>
    </FormDrawer>
  );
}
