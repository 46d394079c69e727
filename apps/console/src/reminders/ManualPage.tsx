import { Button, Card, Form, Radio, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Body } from '../api/client.ts';
import { call } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Field, SelectField, TextField } from '../ui/Fields.tsx';
import { newKey } from '../ui/new-key.ts';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { CountInput } from './CountInput.tsx';
import { useWayWords } from './PlanActions.tsx';
import { PreviewFigures } from './PreviewFigures.tsx';
import { useUnitSearch } from './use-unit-search.ts';
import { type Audience, audiences, type Preview, type Via, vias } from './words.tsx';

type Choice = Body<'POST /api/manual-reminders/preview'>;

interface Values {
  readonly scope: 'community' | 'homes';
  readonly communityId?: string;
  readonly unitIds?: readonly string[];
  readonly minimumYuan?: string;
  readonly daysLate?: number | null;
  readonly audience: Audience;
  readonly vias?: readonly Via[];
}

interface Checked {
  readonly choice: Choice;
  readonly preview: Preview;
}

const firstValues: Values = {
  scope: 'community',
  audience: 'everybody',
  vias: ['wechat-subscription', 'sms'],
};

/** First look at who would get it, then send exactly that choice. */
export function ManualPage() {
  const { t } = useTranslation('reminders');
  const [form] = Form.useForm<Values>();
  const [checked, setChecked] = useState<Checked>();
  const { submit, isPending, failure, rest } = useSubmit<Values>(form, async (values) => {
    setChecked(undefined);
    const choice = choiceOf(values);
    setChecked({
      choice,
      preview: await call('POST /api/manual-reminders/preview', { body: choice }),
    });
  });
  return (
    <Page
      title={t('manual.title')}
      intro={t('manual.intro')}
      parent={{ label: t('list.title'), to: paths.reminders() }}
    >
      <Card>
        <Form<Values>
          form={form}
          layout="vertical"
          initialValues={firstValues}
          onValuesChange={() => setChecked(undefined)}
          onFinish={(values) => void submit(values)}
        >
          {failure !== undefined && (
            <Form.Item>
              <FailureNotice error={failure} rest={rest} />
            </Form.Item>
          )}
          <ManualFields />
          <Button htmlType="submit" loading={isPending}>
            {t('manual.check')}
          </Button>
        </Form>
      </Card>
      {checked && (
        <Card
          title={<h2 className="card-title">{t('preview.title')}</h2>}
          extra={<SendButton {...checked} />}
        >
          <PreviewFigures preview={checked.preview} />
        </Card>
      )}
    </Page>
  );
}

function ManualFields() {
  const { t } = useTranslation('reminders');
  const scope = Form.useWatch<Values['scope']>('scope');
  const audience = Form.useWatch<Audience>('audience');
  const communities = useCommunityOptions();
  const amount = { pattern: /^\s*\d{1,9}(\.\d{1,2})?\s*$/, message: t('form.minimumRule') };
  return (
    <>
      <Form.Item name="scope" label={t('manual.who')}>
        <Radio.Group
          options={[
            { value: 'community', label: t('manual.byCommunity') },
            { value: 'homes', label: t('manual.byHomes') },
          ]}
        />
      </Form.Item>
      <div className="columns">
        {scope === 'homes' ? (
          <HomesField />
        ) : (
          <SelectField
            name="communityId"
            label={t('form.community')}
            options={communities.options}
            loading={communities.isLoading}
            required
          />
        )}
        <Field name="daysLate" label={t('manual.daysLate')} help={t('manual.daysLateHelp')}>
          <CountInput min={0} max={3650} />
        </Field>
        <TextField
          name="minimumYuan"
          label={t('form.minimum')}
          help={t('form.minimumHelp')}
          rule={amount}
        />
        <Field name="audience" label={t('form.audience')} required>
          <Select
            options={audiences.map((value) => ({ value, label: t(`audience.${value}`) }))}
            popupMatchSelectWidth={false}
          />
        </Field>
        {audience !== 'print' && (
          <Field name="vias" label={t('form.vias')} help={t('form.viasHelp')} required>
            <Select
              mode="multiple"
              options={vias.map((value) => ({ value, label: t(`via.${value}`) }))}
            />
          </Field>
        )}
      </div>
    </>
  );
}

function HomesField() {
  const { t } = useTranslation('reminders');
  const { options, isLoading, search } = useUnitSearch();
  return (
    <Field name="unitIds" label={t('manual.homes')} required>
      <Select
        mode="multiple"
        options={[...options]}
        loading={isLoading}
        placeholder={t('manual.homesPlace')}
        showSearch={{ onSearch: search, optionFilterProp: 'label' }}
        maxCount={500}
      />
    </Field>
  );
}

function SendButton({ choice, preview }: Checked) {
  const { t } = useTranslation('reminders');
  const { done } = useMessages();
  const navigate = useNavigate();
  const wayWords = useWayWords();
  const key = useRef(newKey());
  const send = useWrite('POST /api/manual-reminders');
  const isPaper = choice.audience === 'print';
  const count = preview.units;
  return (
    <ConfirmButton
      type="primary"
      label={t('manual.send', { count })}
      title={t('manual.sendTitle', { count })}
      consequences={[
        ...preview.ways.map(wayWords),
        t(isPaper ? 'manual.paperSays' : 'manual.sendSays'),
      ]}
      confirmLabel={t('manual.send', { count })}
      whyNot={count === 0 ? t('manual.none') : undefined}
      onConfirm={async () => {
        const body = { ...choice, idempotencyKey: key.current };
        const { units } = await send.mutateAsync({ body });
        done(t('manual.done', { count: units }));
        void navigate(isPaper ? paths.reminderPrints() : paths.reminders());
      }}
    />
  );
}

function choiceOf(values: Values): Choice {
  const { scope, communityId, unitIds, minimumYuan, daysLate, audience } = values;
  const minimumFen = Math.round(Number(minimumYuan || 0) * 100);
  return {
    ...(scope === 'homes' ? { unitIds: [...(unitIds ?? [])] } : communityId && { communityId }),
    ...(minimumFen > 0 && { minimumFen }),
    ...(typeof daysLate === 'number' && { daysLate }),
    audience,
    vias: audience === 'print' ? [] : [...(values.vias ?? [])],
  };
}
