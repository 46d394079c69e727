import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { StateTag } from '../ui/StateTag.tsx';

type Layout = Item<'GET /api/bank-layouts'>;

/** How the statements of each bank are read: one's own, and our examples. */
export function LayoutsCard() {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  const query = useRead('GET /api/bank-layouts', {});
  const remove = useWrite('DELETE /api/bank-layouts/:layoutId');
  return (
    <Card title={<h2 className="card-title">{t('layout.saved')}</h2>}>
      <div className="stack">
        <span>{t('layout.emptyHint')}</span>
        <Loaded query={query}>
          {({ items }) => (
            <DataTable<Layout>
              label={t('layout.saved')}
              dataSource={items}
              rowKey="name"
              columns={[
                {
                  title: t('imports.layout'),
                  render: (_value, { name, isExample }) => (
                    <>
                      {name}{' '}
                      {isExample && <StateTag tone="default">{t('layout.example')}</StateTag>}
                    </>
                  ),
                },
                {
                  title: t('layout.amountStyle'),
                  render: (_value, { content }) => t(`layout.amountStyle.${content.amountStyle}`),
                },
                {
                  title: t('layout.columns'),
                  render: (_value, { content }) => (
                    <div className="wrapping muted">
                      {content.columns.map(({ header }) => header).join(' · ')}
                    </div>
                  ),
                },
                {
                  title: t('accounts.actions'),
                  key: 'do',
                  render: (_value, { id, name }) =>
                    id !== null &&
                    can('bank.write') && (
                      <ConfirmButton
                        label={t('layout.delete')}
                        danger
                        title={`${t('layout.delete')} ${name}`}
                        consequences={[t('layout.deleteSays')]}
                        confirmLabel={t('layout.delete')}
                        onConfirm={() => remove.mutateAsync({ params: { layoutId: id } })}
                      />
                    ),
                },
              ]}
            />
          )}
        </Loaded>
      </div>
    </Card>
  );
}
