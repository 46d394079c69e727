import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';

/** The roles and what each of them allows. */
export function RolesList() {
  const { t } = useTranslation('identity');
  const [language] = useLanguage();
  const query = useRead('GET /api/roles', {});
  return (
    <Loaded query={query}>
      {({ items, permissions }) => {
        const words = new Map(permissions.map((one) => [one.name, one[language]]));
        return (
          <DataTable
            label={t('staff.tabRoles')}
            dataSource={items}
            rowKey="id"
            columns={[
              {
                title: t('role.name'),
                render: (_value, role) => (
                  <span className="nowrap">{language === 'zh' ? role.name : role.nameEn}</span>
                ),
              },
              {
                title: t('role.members'),
                align: 'right',
                render: (_value, role) => (
                  <span className="figure">{t('role.staffCount', { count: role.staffCount })}</span>
                ),
              },
              {
                title: t('role.permissions'),
                render: (_value, role) => (
                  <div className="row" style={{ maxWidth: 760 }}>
                    {role.permissions.map((name) => (
                      <Tag key={name}>{words.get(name) ?? name}</Tag>
                    ))}
                  </div>
                ),
              },
            ]}
          />
        );
      }}
    </Loaded>
  );
}
