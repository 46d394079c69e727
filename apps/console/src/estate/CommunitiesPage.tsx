import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Body, Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { countText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { CompanyPhoneForm, ServicePhoneForm } from './ServicePhoneForm.tsx';

type Community = Item<'GET /api/communities'>;

export function CommunitiesPage() {
  const { t } = useTranslation('estate');
  const { can } = useSession();
  const { after } = useUrlFilters([]);
  const [isAdding, setAdding] = useState(false);
  const [changed, setChanged] = useState<Community>();
  const [isCompany, setCompany] = useState(false);
  const add = useWrite('POST /api/communities');
  const query = useRead('GET /api/communities', { query: { after } });
  const count = (value: number) => <span className="figure">{countText(value)}</span>;
  return (
    <>
      <DataPage<Community>
        title={t('community.title')}
        intro={t('community.intro')}
        label={t('community.title')}
        query={query}
        rowKey={({ id }) => id}
        actions={
          can('estate.write') && (
            <>
              <Button onClick={() => setCompany(true)}>{t('service.company')}</Button>
              <Button type="primary" onClick={() => setAdding(true)}>
                {t('community.add')}
              </Button>
            </>
          )
        }
        empty={{
          title: t('community.emptyTitle'),
          hint: t('community.emptyHint'),
          action: (
            <LinkButton type="primary" to={paths.imports()}>
              {t('community.toImport')}
            </LinkButton>
          ),
        }}
        columns={[
          {
            title: t('community.name'),
            render: (_value, { id, name }) => (
              <Link to={paths.units({ communityId: id })}>{name}</Link>
            ),
          },
          { title: t('community.address'), dataIndex: 'address' },
          {
            title: t('community.buildings'),
            align: 'right',
            render: (_value, { buildings }) => count(buildings),
          },
          {
            title: t('community.units'),
            align: 'right',
            render: (_value, { units }) => count(units),
          },
          {
            title: t('service.phone'),
            render: (_value, { service }) =>
              service
                ? [service.phone, service.hours].filter(Boolean).join(' · ')
                : t('service.ofCompany'),
          },
          ...(can('estate.write')
            ? [
                {
                  title: t('service.edit'),
                  render: (_value: unknown, community: Community) => (
                    <Button
                      size="small"
                      aria-label={t('service.editOf', { name: community.name })}
                      onClick={() => setChanged(community)}
                    >
                      {t('service.edit')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {changed && <ServicePhoneForm community={changed} onClose={() => setChanged(undefined)} />}
      {isCompany && <CompanyPhoneForm onClose={() => setCompany(false)} />}
      <FormDrawer<Body<'POST /api/communities'>>
        title={t('community.add')}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onSubmit={({ name, address }) =>
          add.mutateAsync({ body: { name, ...(address && { address }) } })
        }
      >
        <TextField name="name" label={t('community.name')} required maxLength={60} />
        <TextField name="address" label={t('community.address')} maxLength={200} />
      </FormDrawer>
    </>
  );
}
