import { Choice } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { FormField } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface RoleFieldProps<Role> {
  readonly roles: readonly Role[];
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** What somebody is in the home that they ask for. */
export function RoleField<Role extends 'owner' | 'family' | 'tenant' | 'payer'>({
  roles,
  value,
  onChange,
}: RoleFieldProps<Role>) {
  const t = useTexts(texts);
  return (
    <FormField label={t('who')}>
      {({ ariaLabel }) => (
        <Choice
          ariaLabel={ariaLabel}
          value={value}
          options={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          onChange={(next) => onChange(roles.find((one) => one === next) ?? value)}
        />
      )}
    </FormField>
  );
}
