import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../api/client.ts';
import { Facts } from '../ui/Facts.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import type { Occupant } from './PeopleCard.tsx';

interface RevealDialogProps {
  readonly person: Occupant | undefined;
  readonly onClose: () => void;
}

/** Shows a person's clear data after a reason was given; nothing of it is kept in memory after. */
export function RevealDialog({ person, onClose }: RevealDialogProps) {
  const { t } = useTranslation(['estate', 'ui']);
  const [form] = Form.useForm<{ reason: string }>();
  const [clear, setClear] = useState<Answer<'POST /api/people/:personId/reveal'> | undefined>();
  const { submit, isPending, failure, rest, reset } = useSubmit<{ reason: string }>(
    form,
    async ({ reason }) => {
      if (!person) return;
      const params = { personId: person.personId };
      setClear(await call('POST /api/people/:personId/reveal', { params, body: { reason } }));
    },
  );
  const close = () => {
    setClear(undefined);
    reset();
    form.resetFields();
    onClose();
  };
  const orNone = (value: string | null) => <span className="figure">{value ?? t('ui:none')}</span>;
  return (
    <Modal
      open={person !== undefined}
      title={t('people.revealTitle', { name: person?.nameMasked ?? '' })}
      onCancel={close}
      onOk={() => (clear ? close() : form.submit())}
      okText={clear ? t('ui:close') : t('people.revealDo')}
      cancelText={t('ui:cancel')}
      confirmLoading={isPending}
      {...(clear && { cancelButtonProps: { style: { display: 'none' } } })}
      forceRender
    >
      {clear && (
        <Facts
          columns={1}
          facts={[
            { label: t('people.name'), value: clear.name },
            { label: t('people.phone'), value: orNone(clear.phone) },
            { label: t('people.idNumber'), value: orNone(clear.idNumber) },
          ]}
        />
      )}
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) => void submit(values)}
        hidden={clear !== undefined}
      >
        <div className="stack">
          <Alert type="info" showIcon title={t('people.revealSays')} />
          {failure !== undefined && <FailureNotice error={failure} rest={rest} />}
          <Form.Item
            name="reason"
            label={t('people.revealReason')}
            rules={[
              { required: true, message: t('ui:required', { label: t('people.revealReason') }) },
            ]}
          >
            <Input maxLength={200} placeholder={t('people.revealReasonHint')} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
