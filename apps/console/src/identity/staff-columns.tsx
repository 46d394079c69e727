import { Button, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Body } from '../api/client.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import type { Staff } from './StaffPage.tsx';

interface Options {
  readonly onEdit: (staff: Staff) => void;
  readonly onAct: (staffId: string, body: Body<'PATCH /api/staff/:staffId'>) => Promise<unknown>;
}

export function useStaffColumns({ onEdit, onAct }: Options): TableProps<Staff>['columns'] & object {
  const { t } = useTranslation('identity');
  const [language] = useLanguage();
  return [
    { title: t('staff.name'), dataIndex: 'displayName' },
    { title: t('staff.loginName'), dataIndex: 'loginName' },
    {
      title: t('staff.roles'),
      render: (_value, { roles }) =>
        roles.map((role) => (language === 'zh' ? role.name : role.nameEn)).join('、'),
    },
    {
      title: t('staff.state'),
      render: (_value, staff) => (
        <div className="stack-tight">
          <span>
            <StateTag tone={staff.state === 'active' ? 'success' : 'default'}>
              {t(`staff.state.${staff.state}`)}
            </StateTag>
          </span>
          {staff.lockedUntil && (
            <span>{t('staff.locked', { until: instantText(staff.lockedUntil, language) })}</span>
          )}
        </div>
      ),
    },
    {
      title: t('staff.lastSignIn'),
      render: (_value, { lastSignInAt }) => (
        <span className="figure">
          {lastSignInAt ? instantText(lastSignInAt, language) : t('staff.never')}
        </span>
      ),
    },
    {
      title: t('staff.actions'),
      render: (_value, staff) => <StaffActions staff={staff} onEdit={onEdit} onAct={onAct} />,
    },
  ];
}

/** Acts on one member of staff; only what the server allows is offered. */
function StaffActions({ staff, onEdit, onAct }: Options & { readonly staff: Staff }) {
  const { t } = useTranslation('identity');
  const name = staff.displayName;
  const acts = [
    { action: 'unlock', key: 'unlock', body: { unlock: true } },
    { action: 'reset-password', key: 'reset', body: { resetPassword: true } },
    { action: 'disable', key: 'disable', body: { state: 'disabled' } },
    { action: 'enable', key: 'enable', body: { state: 'active' } },
  ] as const;
  return (
    <div className="row">
      {staff.allowedActions.includes('edit') && (
        <Button onClick={() => onEdit(staff)}>{t('staff.edit')}</Button>
      )}
      {acts
        .filter(({ action }) => staff.allowedActions.includes(action))
        .map(({ action, key, body }) => (
          <ConfirmButton
            key={action}
            label={t(`staff.${key}`)}
            danger={action === 'disable'}
            title={t(`staff.${key}Title`, { name })}
            consequences={[t(`staff.${key}Says`, { name })]}
            confirmLabel={t(`staff.${key}`)}
            onConfirm={() => onAct(staff.id, body)}
          />
        ))}
    </div>
  );
}
