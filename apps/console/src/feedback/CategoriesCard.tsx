import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useReceiverOptions } from './use-ticket-choices.ts';

type Category = Answer<'GET /api/ticket-categories'>['items'][number];

export function CategoriesCard() {
  const { t } = useTranslation('feedback');
  const { can } = useSession();
  const [edited, setEdited] = useState<Category | 'new' | undefined>();
  const query = useRead('GET /api/ticket-categories', {});
  return (
    <Card
      title={<h2 className="card-title">{t('categories.title')}</h2>}
      extra={
        can('feedback.manage') && (
          <Button onClick={() => setEdited('new')}>{t('categories.add')}</Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) => <CategoryTable items={items} onEdit={setEdited} />}
      </Loaded>
      <CategoryForm
        key={typeof edited === 'object' ? edited.id : 'new'}
        edited={edited}
        onClose={() => setEdited(undefined)}
      />
    </Card>
  );
}

function CategoryTable({
  items,
  onEdit,
}: {
  readonly items: readonly Category[];
  readonly onEdit: (category: Category) => void;
}) {
  const { t } = useTranslation(['feedback', 'ui']);
  const { can } = useSession();
  const [language] = useLanguage();
  const { staff, roles } = useReceiverOptions();
  const receiverOf = ({ staffId, roleId }: Category) =>
    staff.find(({ value }) => value === staffId)?.label ??
    roles.find(({ value }) => value === roleId)?.label ??
    t('ui:none');
  return (
    <DataTable<Category>
      label={t('categories.title')}
      dataSource={items}
      rowKey="id"
      columns={[
        {
          title: t('categories.name'),
          render: (_value, { name, nameEn }) => (language === 'zh' ? name : nameEn),
        },
        { title: t('categories.receiver'), render: (_value, category) => receiverOf(category) },
        {
          title: t('categories.first'),
          render: (_value, { firstReplyMinutes }) => hoursOf(firstReplyMinutes),
          align: 'right',
        },
        {
          title: t('categories.resolve'),
          render: (_value, { resolveMinutes }) => hoursOf(resolveMinutes),
          align: 'right',
        },
        {
          title: t('categories.active'),
          render: (_value, { isActive }) => (
            <StateTag tone={isActive ? 'success' : 'default'}>
              {t(isActive ? 'categories.on' : 'categories.off')}
            </StateTag>
          ),
        },
        {
          title: t('categories.edit'),
          render: (_value, category) =>
            can('feedback.manage') && (
              <Button
                aria-label={`${t('categories.edit')} ${category.name}`}
                onClick={() => onEdit(category)}
              >
                {t('categories.edit')}
              </Button>
            ),
        },
      ]}
    />
  );
}

interface Values {
  readonly name: string;
  readonly nameEn: string;
  readonly staffId?: string;
  readonly roleId?: string;
  readonly firstReplyHours: string;
  readonly resolveHours: string;
  readonly sortNo: string;
  readonly isActive: 'on' | 'off';
}

interface FormProps {
  readonly edited: Category | 'new' | undefined;
  readonly onClose: () => void;
}

function CategoryForm({ edited, onClose }: FormProps) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const { staff, roles } = useReceiverOptions();
  const add = useWrite('POST /api/ticket-categories');
  const change = useWrite('PUT /api/ticket-categories/:categoryId');
  const known = typeof edited === 'object' ? edited : undefined;
  const submit = async (values: Values) => {
    const body = {
      ...{ name: values.name, nameEn: values.nameEn },
      ...{ staffId: values.staffId ?? null, roleId: values.roleId ?? null },
      firstReplyMinutes: minutesOf(values.firstReplyHours),
      resolveMinutes: minutesOf(values.resolveHours),
      sortNo: Number(values.sortNo),
      isActive: values.isActive === 'on',
    };
    if (known) await change.mutateAsync({ params: { categoryId: known.id }, body });
    else await add.mutateAsync({ body });
    done(t('settings.saved'));
  };
  const hours = { pattern: /^\s*\d{1,3}(\.\d{1,2})?\s*$/, message: t('categories.hours') };
  const whole = { pattern: /^\s*\d{1,5}\s*$/, message: t('settings.number') };
  return (
    <FormDrawer<Values>
      title={known?.name ?? t('categories.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      initialValues={initialOf(known)}
      onSubmit={submit}
    >
      <TextField name="name" label={t('categories.name')} maxLength={40} required />
      <TextField name="nameEn" label={t('categories.nameEn')} maxLength={40} required />
      <SelectField name="staffId" label={t('assign.staff')} options={staff} />
      <SelectField name="roleId" label={t('assign.role')} options={roles} />
      <TextField name="firstReplyHours" label={t('categories.first')} rule={hours} required />
      <TextField name="resolveHours" label={t('categories.resolve')} rule={hours} required />
      <TextField name="sortNo" label={t('categories.sort')} rule={whole} required />
      <SelectField
        name="isActive"
        label={t('categories.active')}
        options={[
          { value: 'on', label: t('categories.on') },
          { value: 'off', label: t('categories.off') },
        ]}
      />
    </FormDrawer>
  );
}

function initialOf(known: Category | undefined): Partial<Values> {
  if (!known) {
    return { firstReplyHours: '2', resolveHours: '28.5', sortNo: '90', isActive: 'on' };
  }
  return {
    ...{ name: known.name, nameEn: known.nameEn },
    ...(known.staffId && { staffId: known.staffId }),
    ...(known.roleId && { roleId: known.roleId }),
    firstReplyHours: hoursOf(known.firstReplyMinutes),
    resolveHours: hoursOf(known.resolveMinutes),
    sortNo: String(known.sortNo),
    isActive: known.isActive ? 'on' : 'off',
  };
}

/** Office hours with up to two decimals, which is finer than a minute. */
function hoursOf(minutes: number): string {
  return String(Math.round((minutes / 60) * 100) / 100);
}

function minutesOf(hours: string): number {
  return Math.round(Number(hours) * 60);
}
