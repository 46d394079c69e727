import { useState } from 'react';
import { copy } from '#platform';
import { Button, Choice, Image, Input, Sheet, Text } from '#ui';
import { type Answer, request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Buttons, Facts, Failure, FormField, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';

type Made = Answer<'POST /api/resident/homes/:unitId/invitations'>;

const roles = ['family', 'tenant', 'payer'] as const;

interface InviteSheetProps {
  readonly isOpen: boolean;
  readonly unitId: string;
  readonly label: string;
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/** For whom, then the code, the link and the picture of it; shown this once. */
export function InviteSheet({ isOpen, unitId, label, onMade, onClose }: InviteSheetProps) {
  const t = useTexts(texts);
  const [role, setRole] = useState<(typeof roles)[number]>('family');
  const [note, setNote] = useState('');
  const [made, setMade] = useState<Made>();
  const make = useAction(async () => {
    const words = note.trim();
    const body = { role, ...(words !== '' && { note: words }) };
    const params = { unitId };
    setMade(await request('POST /api/resident/homes/:unitId/invitations', { params, body }));
    onMade();
  });
  const close = () => {
    setMade(undefined);
    setNote('');
    make.clear();
    onClose();
  };
  return (
    <Sheet
      isOpen={isOpen}
      title={made ? t('made') : t('inviteTitle', { home: label })}
      onClose={close}
      foot={
        <Buttons>
          {made ? (
            <Button onTap={close}>{t('done')}</Button>
          ) : (
            <Button kind="main" busy={make.isBusy} onTap={make.run}>
              {t('make')}
            </Button>
          )}
        </Buttons>
      }
    >
      <Failure error={make.failure} />
      {made ? (
        <Ready made={made} />
      ) : (
        <>
          <FormField label={t('as')}>
            {({ ariaLabel }) => (
              <Choice
                ariaLabel={ariaLabel}
                value={role}
                options={roles.map((value) => ({
                  value,
                  label: t(`role.${value}`),
                  hint: t(`may.${value}`),
                }))}
                onChange={(next) => setRole(roles.find((one) => one === next) ?? 'family')}
              />
            )}
          </FormField>
          <FormField label={t('note')} hint={t('noteHint')}>
            {(field) => <Input {...field} value={note} maxLength={30} onChange={setNote} />}
          </FormField>
        </>
      )}
    </Sheet>
  );
}

function Ready({ made }: { readonly made: Made }) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const [copied, setCopied] = useState<boolean>();
  const { code, url, qrImage, invitation } = made;
  const copyLink = useAction(async () => setCopied(await copy(url)));
  return (
    <>
      <Notice kind="info">{t('madeHint')}</Notice>
      <Image src={qrImage} alt={t('qr')} className="invite-qr" fit="width" />
      <Text className="invite-code">{code}</Text>
      <Facts
        items={[{ label: t('validUntil'), value: instantText(invitation.expiresAt, language) }]}
      />
      <Buttons>
        <Button kind="main" onTap={copyLink.run}>
          {t('copyLink')}
        </Button>
      </Buttons>
      {copied === true && <Notice kind="good">{t('copied')}</Notice>}
      {copied === false && (
        <Notice kind="warning" title={t('copyByHand')}>
          <Text className="invite-link">{url}</Text>
        </Notice>
      )}
    </>
  );
}
