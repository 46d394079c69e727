import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';

type Community = Item<'GET /api/communities'>;

interface Values {
  readonly phone?: string;
  readonly hours?: string;
}

interface ServicePhoneFormProps {
  readonly community: Community;
  readonly onClose: () => void;
}

/** What residents of one community call. */
export function ServicePhoneForm({ community, onClose }: ServicePhoneFormProps) {
  const { t } = useTranslation('estate');
  const save = useWrite('PUT /api/communities/:communityId/service-phone');
  const { id: communityId, name, service } = community;
  return (
    <PhoneDrawer
      title={t('service.editOf', { name })}
      service={service}
      onClose={onClose}
      onSave={(next) => save.mutateAsync({ params: { communityId }, body: { service: next } })}
    />
  );
}

/** What residents call where their community has no telephone of its own. */
export function CompanyPhoneForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('estate');
  const { data } = useRead('GET /api/service-phone', {});
  const save = useWrite('PUT /api/service-phone');
  if (!data) return null;
  return (
    <PhoneDrawer
      title={t('service.company')}
      hint={t('service.companyHint')}
      service={data.service}
      onClose={onClose}
      onSave={(service) => save.mutateAsync({ body: { service } })}
    />
  );
}

interface PhoneDrawerProps {
  readonly title: string;
  readonly hint?: string;
  readonly service: Community['service'];
  readonly onClose: () => void;
  readonly onSave: (service: Community['service']) => Promise<unknown>;
}

function PhoneDrawer({ title, hint, service, onClose, onSave }: PhoneDrawerProps) {
  const { t } = useTranslation('estate');
  return (
    <FormDrawer<Values>
      title={title}
      isOpen
      onClose={onClose}
      initialValues={{ phone: service?.phone ?? '', hours: service?.hours ?? '' }}
      onSubmit={({ phone = '', hours = '' }) => {
        const isGiven = phone.trim() !== '';
        return onSave(isGiven ? { phone: phone.trim(), hours: hours.trim() || null } : null);
      }}
    >
      {hint !== undefined && <p>{hint}</p>}
      <TextField
        name="phone"
        label={t('service.phone')}
        help={t('service.phoneHint')}
        maxLength={25}
      />
      <TextField
        name="hours"
        label={t('service.hours')}
        help={t('service.hoursHint')}
        maxLength={60}
      />
    </FormDrawer>
  );
}
