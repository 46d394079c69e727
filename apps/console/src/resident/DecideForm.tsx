import { useTranslation } from 'react-i18next';
import { useRead, useWrite } from '../api/hooks.ts';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';

const roles = ['owner', 'tenant', 'family', 'payer'] as const;

interface DecideValues {
  readonly result: 'approve' | 'reject';
  readonly role: (typeof roles)[number];
  readonly reason: string;
}

interface DecideFormProps {
  readonly applicationId: string;
  readonly onClose: () => void;
}

/** What the house list says to an application, its proofs, and the decision. */
export function DecideForm({ applicationId, onClose }: DecideFormProps) {
  const { t } = useTranslation('resident');
  const params = { applicationId };
  const { data } = useRead('GET /api/home-applications/:applicationId', { params });
  const decide = useWrite('POST /api/home-applications/:applicationId/decide');
  if (!data) return null;
  const people = data.people.map(({ name, role }) => `${name}（${t(`role.${role}`)}）`);
  return (
    <FormDrawer<DecideValues>
      title={`${data.communityName} ${data.label}`}
      isOpen
      onClose={onClose}
      width={520}
      initialValues={{ role: data.role }}
      onSubmit={({ result, role, reason }) =>
        decide.mutateAsync({ params, body: { approve: result === 'approve', role, reason } })
      }
    >
      <p>
        {t('applications.name')}：{data.nameMasked} ·{' '}
        {t(data.nameOnFile ? 'applications.nameOnFile' : 'applications.nameNotOnFile')}
      </p>
      <p>
        {data.phoneMasked ?? '—'} ·{' '}
        {t(data.phoneOnFile ? 'applications.phoneOnFile' : 'applications.phoneNotOnFile')}
      </p>
      <p>
        {t('applications.reason')}：{data.reason}
      </p>
      <p>
        {t('applications.people')}：{people.join('、') || t('applications.nobody')}
      </p>
      {data.photoIds.map((photoId, index) => (
        <p key={photoId}>
          <a
            href={`/api/home-applications/${applicationId}/photos/${photoId}`}
            target="_blank"
            rel="noreferrer"
          >
            <img
              src={`/api/home-applications/${applicationId}/photos/${photoId}`}
              alt={`${t('applications.photo')} ${String(index + 1)}`}
              style={{ maxWidth: '100%', maxHeight: 320 }}
            />
          </a>
        </p>
      ))}
      <SelectField
        name="result"
        label={t('applications.result')}
        required
        options={(['approve', 'reject'] as const).map((value) => ({
          value,
          label: t(`applications.${value}`),
        }))}
      />
      <SelectField
        name="role"
        label={t('applications.role')}
        required
        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <TextField name="reason" label={t('applications.why')} required maxLength={200} />
    </FormDrawer>
  );
}
