import type { InvitationView } from '@wuye-pay/contract';
import { useState } from 'react';
import { Button, Text } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Confirm, Failure, Hint, List, ListItem } from '../../ui/index.ts';
import { InviteSheet } from './InviteSheet.tsx';
import { texts } from './texts.ts';

interface InvitationsProps {
  readonly unitId: string;
  readonly label: string;
  readonly open: readonly InvitationView[];
  /** Something was made or taken back. */
  readonly onDone: () => void;
}

/** What an owner does to let somebody in, and what is still open of it. */
export function Invitations({ unitId, label, open, onDone }: InvitationsProps) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const [isInviting, setInviting] = useState(false);
  const [chosen, setChosen] = useState<InvitationView>();
  const revoke = useAction(async (_once, { invitationId }: InvitationView) => {
    const params = { unitId, invitationId };
    await request('DELETE /api/resident/homes/:unitId/invitations/:invitationId', { params });
    setChosen(undefined);
    onDone();
  });
  const ask = (invitation: InvitationView) => {
    revoke.clear();
    setChosen(invitation);
  };
  return (
    <>
      <Card>
        <Button kind="main" onTap={() => setInviting(true)}>
          {t('invite')}
        </Button>
        <Hint>{t('inviteHint')}</Hint>
      </Card>
      {open.length > 0 && (
        <List label={t('open')}>
          {open.map((invitation) => {
            const { invitationId, role, note, expiresAt } = invitation;
            const until = instantText(expiresAt, language);
            return (
              <ListItem
                key={invitationId}
                icon="waiting"
                title={note ?? t('open')}
                hint={t('openHint', { role: t(`role.${role}`), until })}
                aside={
                  <Button
                    ariaLabel={t('revokeOf', { name: note ?? t('somebody') })}
                    onTap={() => ask(invitation)}
                  >
                    {t('revoke')}
                  </Button>
                }
              />
            );
          })}
        </List>
      )}
      <InviteSheet
        isOpen={isInviting}
        unitId={unitId}
        label={label}
        onMade={onDone}
        onClose={() => setInviting(false)}
      />
      <Confirm
        isOpen={chosen !== undefined}
        title={t('revokeTitle')}
        action={t('revoke')}
        isDangerous
        isBusy={revoke.isBusy}
        onConfirm={() => chosen && revoke.run(chosen)}
        onClose={() => setChosen(undefined)}
      >
        <Failure error={revoke.failure} />
        <Text>{t('revokeWhat')}</Text>
      </Confirm>
    </>
  );
}
