import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { SelectField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useCategoryOptions, useReceiverOptions } from './use-ticket-choices.ts';

type Routing = Answer<'GET /api/ticket-routings'>['items'][number];

/** Where a community has its own people. */
export function RoutingsCard() {
  const { t } = useTranslation('feedback');
  const { can } = useSession();
  const [isOpen, setOpen] = useState(false);
  const query = useRead('GET /api/ticket-routings', {});
  return (
    <Card
      title={<h2 className="card-title">{t('routings.title')}</h2>}
      extra={
        can('feedback.manage') && <Button onClick={() => setOpen(true)}>{t('routings.add')}</Button>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNotice title={t('routings.empty')} hint={t('routings.emptyHint')} />
          ) : (
            <RoutingTable items={items} />
          )
        }
      </Loaded>
      <RoutingForm isOpen={isOpen} onClose={() => setOpen(false)} />
    </Card>
  );
}

function RoutingTable({ items }: { readonly items: readonly Routing[] }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const { can } = useSession();
  const [language] = useLanguage();
  const { staff, roles } = useReceiverOptions();
  const remove = useWrite('DELETE /api/ticket-routings/:routingId');
  const nameOf = ({ staffId, roleId }: Routing) =>
    staff.find(({ value }) => value === staffId)?.label ??
    roles.find(({ value }) => value === roleId)?.label ??
    t('ui:none');
  return (
    <DataTable<Routing>
      label={t('routings.title')}
      dataSource={items}
      rowKey="id"
      columns={[
        { title: t('new.community'), dataIndex: 'communityName' },
        {
          title: t('list.category'),
          render: (_value, { categoryName }) => categoryName[language],
        },
        { title: t('categories.receiver'), render: (_value, routing) => nameOf(routing) },
        {
          title: t('routings.remove'),
          render: (_value, { id }) =>
            can('feedback.manage') && (
              <ConfirmButton
                label={t('routings.remove')}
                danger
                title={t('routings.removeTitle')}
                consequences={[t('routings.removeSays')]}
                confirmLabel={t('routings.remove')}
                onConfirm={() => remove.mutateAsync({ params: { routingId: id } })}
              />
            ),
        },
      ]}
    />
  );
}

interface Values {
  readonly communityId: string;
  readonly categoryId: string;
  readonly staffId?: string;
  readonly roleId?: string;
}

function RoutingForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const { options } = useCommunityOptions();
  const { all } = useCategoryOptions();
  const { staff, roles } = useReceiverOptions();
  const save = useWrite('PUT /api/ticket-routings');
  const submit = async ({ communityId, categoryId, staffId, roleId }: Values) => {
    const receiver = { staffId: staffId ?? null, roleId: roleId ?? null };
    const minutes = { firstReplyMinutes: null, resolveMinutes: null };
    await save.mutateAsync({ body: { communityId, categoryId, ...receiver, ...minutes } });
    done(t('settings.saved'));
  };
  return (
    <FormDrawer<Values>
      title={t('routings.add')}
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={submit}
    >
      <SelectField name="communityId" label={t('new.community')} options={options} required />
      <SelectField name="categoryId" label={t('list.category')} options={all} required />
      <SelectField name="staffId" label={t('assign.staff')} options={staff} />
      <SelectField name="roleId" label={t('assign.role')} options={roles} />
    </FormDrawer>
  );
}
