import { Alert, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../api/client.ts';
import { Facts } from '../ui/Facts.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { LongTextField } from '../ui/Fields.tsx';
import { useSubmit } from '../ui/use-submit.ts';

type Clear = Answer<'POST /api/bank-entries/:entryId/reveal'>;

/** Shows who paid after a reason was given; nothing of it is kept in memory after. */
export function RevealEntry({ entryId }: { readonly entryId: string }) {
  const { t } = useTranslation(['bank', 'ui']);
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const [clear, setClear] = useState<Clear | undefined>();
  const { submit, isPending, failure, rest, reset } = useSubmit<{ reason: string }>(
    form,
    async (body) =>
      setClear(await call('POST /api/bank-entries/:entryId/reveal', { params: { entryId }, body })),
  );
  const close = () => {
    setOpen(false);
    setClear(undefined);
    reset();
    form.resetFields();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('entry.reveal')}</Button>
      <Modal
        open={isOpen}
        title={t('entry.revealTitle')}
        onCancel={close}
        onOk={() => (clear ? close() : form.submit())}
        okText={clear ? t('ui:close') : t('entry.revealDo')}
        cancelText={t('ui:cancel')}
        confirmLoading={isPending}
        forceRender
      >
        {clear && (
          <Facts
            columns={1}
            facts={[
              { label: t('entries.counterparty'), value: clear.counterparty || t('ui:none') },
              { label: t('accounts.number'), value: clear.counterpartyAccount || t('ui:none') },
              { label: t('entries.text'), value: clear.text || t('ui:none') },
            ]}
          />
        )}
        <Form
          form={form}
          layout="vertical"
          onFinish={(values) => void submit(values)}
          hidden={clear !== undefined}
        >
          <Form.Item>
            <Alert type="info" showIcon title={t('entry.revealSays')} />
          </Form.Item>
          {failure !== undefined && (
            <Form.Item>
              <FailureNotice error={failure} rest={rest} />
            </Form.Item>
          )}
          <LongTextField name="reason" label={t('entry.revealReason')} required />
        </Form>
      </Modal>
    </>
  );
}
