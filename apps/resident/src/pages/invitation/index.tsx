import { useEffect, useState } from 'react';
import { replace, usePageParams } from '#platform';
import { Button, Page } from '#ui';
import type { Answer } from '../../api/index.ts';
import { request } from '../../api/index.ts';
import { forgetAnswers, useAction } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Card, Facts, Failure, Loading } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 接受邀请: which home, from whom, in which role; then one tap. */
export default function InvitationPage() {
  const t = useTexts(texts);
  const { code } = usePageParams('invitation');
  const [seen, setSeen] = useState<Answer<'POST /api/resident/invitations/look'>>();
  const look = useAction(async () => {
    setSeen(await request('POST /api/resident/invitations/look', { body: { code } }));
  });
  const { run } = look;
  useEffect(() => run(), [run]);
  const accept = useAction(async () => {
    await request('POST /api/resident/homes/by-invitation', { body: { code } });
    forgetAnswers();
    replace('bills');
  });
  return (
    <Page
      title={t('title')}
      foot={
        seen && (
          <Button kind="main" onTap={accept.run} busy={accept.isBusy}>
            {t('accept')}
          </Button>
        )
      }
    >
      {!seen && look.isBusy && <Loading />}
      <Failure error={look.failure ?? accept.failure} />
      {seen && (
        <Card>
          <Facts
            items={[
              { label: t('home'), value: `${seen.communityName} ${seen.label}` },
              { label: t('from'), value: seen.invitedBy },
              { label: t('as'), value: t(`role.${seen.role}`) },
            ]}
          />
        </Card>
      )}
    </Page>
  );
}
