import { useState } from 'react';
import { Button, Input, Text, TextArea } from '#ui';
import { request, sendPhoto } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import type { Photo } from '../../platform/types.ts';
import { Card, Failure, FormField, Notice, PhotoPicker, Questions } from '../../ui/index.ts';
import { Places } from './Places.tsx';
import { RoleField } from './RoleField.tsx';
import { texts } from './texts.ts';

const roles = ['owner', 'family', 'tenant', 'payer'] as const;
const mostPhotos = 3;

/** Asks the office for a home, with photos that show that one lives there. */
export function Apply({ onApplied }: { readonly onApplied: () => void }) {
  const t = useTexts(texts);
  const [unitId, setUnit] = useState<string>();
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('owner');
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [isSent, setSent] = useState(false);
  // What the server has already is not sent again when the rest failed.
  const [applicationId, setApplication] = useState<string>();
  const [sent] = useState(() => new Set<Photo>());
  const begin = async () => {
    const body = { unitId: unitId ?? '', role, name, reason };
    const made = await request('POST /api/resident/applications', { body });
    setApplication(made.applicationId);
    return made.applicationId;
  };
  const send = useAction(async () => {
    const id = applicationId ?? (await begin());
    for (const photo of photos) {
      if (sent.has(photo)) continue;
      await sendPhoto(`/api/resident/applications/${id}/photos`, photo, 'body');
      sent.add(photo);
    }
    setSent(true);
    onApplied();
  });
  if (isSent) return <Notice kind="good" title={t('applied')} />;
  const [hasPlace, hasName, hasReason] = [
    unitId !== undefined,
    name.trim() !== '',
    reason.trim() !== '',
  ];
  return (
    <Card title={t('way.apply')}>
      <Text>{t('applyHint')}</Text>
      <Questions
        questions={[
          {
            key: 'place',
            isAnswered: hasPlace,
            content: <Places unitId={unitId} onUnit={setUnit} />,
          },
          {
            key: 'name',
            isAnswered: hasName,
            content: (
              <FormField label={t('ownName')}>
                {(field) => <Input {...field} value={name} maxLength={60} onChange={setName} />}
              </FormField>
            ),
          },
          {
            key: 'role',
            isAnswered: true,
            content: <RoleField roles={roles} value={role} onChange={setRole} />,
          },
          {
            key: 'reason',
            isAnswered: hasReason,
            content: (
              <FormField label={t('reason')} hint={t('reasonHint')}>
                {(field) => (
                  <TextArea {...field} value={reason} maxLength={300} onChange={setReason} />
                )}
              </FormField>
            ),
          },
          {
            key: 'photos',
            isAnswered: true,
            content: (
              <FormField label={t('photos')} hint={t('photosHint')}>
                {() => <PhotoPicker photos={photos} onChange={setPhotos} most={mostPhotos} />}
              </FormField>
            ),
          },
        ]}
      >
        <Failure error={send.failure} />
        <Button
          kind="main"
          onTap={send.run}
          busy={send.isBusy}
          disabled={!hasPlace || !hasName || !hasReason}
        >
          {t('send')}
        </Button>
      </Questions>
    </Card>
  );
}
