import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { DayField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import type { Announcement } from './AnnouncementsPage.tsx';
import { BodyField } from './ArticleForm.tsx';

interface AnnouncementValues {
  readonly communityId?: string | null;
  readonly kind: 'news' | 'disclosure';
  readonly title: string;
  readonly body: string;
  readonly isPinned?: boolean;
  readonly expiresOn?: string | null;
}

interface AnnouncementFormProps {
  readonly edited: Announcement | 'new' | undefined;
  readonly onClose: () => void;
}

export function AnnouncementForm({ edited, onClose }: AnnouncementFormProps) {
  const { t } = useTranslation('content');
  const communities = useCommunityOptions();
  const add = useWrite('POST /api/announcements');
  const change = useWrite('PUT /api/announcements/:announcementId');
  const row = edited === 'new' ? undefined : edited;
  return (
    <FormDrawer<AnnouncementValues>
      title={t(row ? 'news.editTitle' : 'news.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      width={640}
      initialValues={row ?? { kind: 'news', isPinned: false }}
      onSubmit={({ communityId = null, expiresOn = null, ...rest }) => {
        const body = { ...rest, communityId, expiresOn };
        return row
          ? change.mutateAsync({ params: { announcementId: row.id }, body })
          : add.mutateAsync({ body });
      }}
    >
      <TextField name="title" label={t('news.name')} required maxLength={60} />
      <SelectField
        name="kind"
        label={t('news.kind')}
        required
        help={t('news.kindHelp')}
        options={(['news', 'disclosure'] as const).map((value) => ({
          value,
          label: t(`news.kind.${value}`),
        }))}
      />
      <SelectField
        name="communityId"
        label={t('news.community')}
        placeholder={t('news.all')}
        options={communities.options}
        loading={communities.isLoading}
      />
      <BodyField name="body" label={t('news.body')} required />
      <DayField name="expiresOn" label={t('news.expiresOn')} help={t('news.expiresHelp')} />
      <Form.Item name="isPinned" label={t('news.pinned')} valuePropName="checked">
        <Checkbox>{t('news.pinnedYes')}</Checkbox>
      </Form.Item>
    </FormDrawer>
  );
}
