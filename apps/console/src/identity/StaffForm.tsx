import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import type { Staff } from './StaffPage.tsx';

export interface StaffValues {
  readonly displayName: string;
  readonly loginName: string;
  readonly password?: string;
  readonly roleIds: string[];
}

interface StaffFormProps {
  readonly edited: Staff | 'new' | undefined;
  readonly onClose: () => void;
  readonly onSave: (values: StaffValues) => Promise<unknown>;
}

export function StaffForm({ edited, onClose, onSave }: StaffFormProps) {
  const { t } = useTranslation('identity');
  const [language] = useLanguage();
  const roles = useRead('GET /api/roles', {}, { enabled: edited !== undefined });
  const isNew = edited === 'new';
  const staff = isNew ? undefined : edited;
  return (
    <FormDrawer<StaffValues>
      title={staff ? t('staff.editTitle', { name: staff.displayName }) : t('staff.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      onSubmit={onSave}
      initialValues={
        staff
          ? { displayName: staff.displayName, roleIds: staff.roles.map(({ id }) => id) }
          : { roleIds: [] }
      }
    >
      <TextField name="displayName" label={t('staff.name')} required maxLength={40} />
      {isNew && (
        <TextField
          name="loginName"
          label={t('staff.loginName')}
          required
          maxLength={40}
          help={t('staff.loginNameHelp')}
          rule={{ pattern: /^[^\s<>"']{2,40}$/, message: t('staff.loginNameHelp') }}
        />
      )}
      <SelectField
        name="roleIds"
        label={t('staff.roles')}
        required
        multiple
        loading={roles.isLoading}
        options={(roles.data?.items ?? []).map((role) => ({
          value: role.id,
          label: language === 'zh' ? role.name : role.nameEn,
        }))}
      />
      {isNew && (
        <TextField
          name="password"
          label={t('staff.password')}
          type="password"
          maxLength={200}
          autoComplete="new-password"
          help={t('staff.passwordHelp')}
          rule={{ pattern: /^.{10,}$/, message: t('password.tooShort') }}
        />
      )}
    </FormDrawer>
  );
}
