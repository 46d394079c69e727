import { InboxOutlined } from '@ant-design/icons';
import { Button, Card, Form, Progress, Select, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiFailure } from '../api/failure.ts';
import { useRead } from '../api/hooks.ts';
import { upload } from '../api/upload.ts';
import { paths } from '../paths.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { useAccountOptions } from './use-account-options.ts';

/** Takes a statement by dragging, clicking or the keyboard, and leads to what is found in it. */
export function UploadCard() {
  const { t } = useTranslation('bank');
  const { options, isLoading } = useAccountOptions({ activeOnly: true });
  return (
    <Card title={<h2 className="card-title">{t('imports.upload')}</h2>}>
      {!isLoading && options.length === 0 ? (
        <EmptyNotice
          title={t('imports.noAccount')}
          hint={t('imports.noAccountHint')}
          action={
            <LinkButton type="primary" to={paths.bankAccounts()}>
              {t('imports.toAccounts')}
            </LinkButton>
          }
        />
      ) : (
        <UploadForm accounts={options} />
      )}
    </Card>
  );
}

function UploadForm({
  accounts,
}: {
  readonly accounts: readonly { readonly value: string; readonly label: string }[];
}) {
  const { t } = useTranslation('bank');
  const [chosen, setChosen] = useState<string | undefined>();
  const [layout, setLayout] = useState<string | undefined>();
  const layouts = useRead('GET /api/bank-layouts', {});
  const account = chosen ?? (accounts.length === 1 ? accounts[0]?.value : undefined);
  const { percent, failure, start, stop } = useUpload(account, layout);
  const layoutOptions = (layouts.data?.items ?? []).map(({ id, name }) => ({
    value: id ?? `name:${name}`,
    label: name,
  }));
  return (
    <div className="stack">
      <Form layout="vertical" component="div">
        <Form.Item label={t('entries.account')} htmlFor="bank-import-account">
          <Select
            id="bank-import-account"
            style={{ maxWidth: 360, width: '100%' }}
            placeholder={t('imports.accountHint')}
            value={account ?? null}
            options={[...accounts]}
            onChange={(next) => setChosen(next ?? undefined)}
          />
        </Form.Item>
        <Form.Item
          label={t('imports.layout')}
          htmlFor="bank-import-layout"
          extra={t('imports.layoutHelp')}
        >
          <Select
            id="bank-import-layout"
            allowClear
            style={{ maxWidth: 360, width: '100%' }}
            placeholder={t('imports.layoutAuto')}
            value={layout ?? null}
            options={layoutOptions}
            onChange={(next: string | null) => setLayout(next ?? undefined)}
          />
        </Form.Item>
      </Form>
      {failure !== undefined && <FailureNotice error={failure} />}
      {percent === undefined ? (
        <Upload.Dragger
          accept=".xlsx,.csv,.txt,.xml"
          showUploadList={false}
          multiple={false}
          beforeUpload={(file) => {
            start(file);
            return false;
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined aria-hidden />
          </p>
          <p className="ant-upload-text">{t('imports.drop')}</p>
          <p className="ant-upload-hint">{t('imports.dropHint')}</p>
        </Upload.Dragger>
      ) : (
        <div className="stack" role="status">
          <span>{t('imports.uploading', { percent })}</span>
          <Progress
            percent={percent}
            status="active"
            aria-label={t('imports.uploading', { percent })}
          />
          <div>
            <Button onClick={stop}>{t('imports.stop')}</Button>
          </div>
        </div>
      )}
    </div>
  );
}

function useUpload(account: string | undefined, layout: string | undefined) {
  const { t } = useTranslation('bank');
  const navigate = useNavigate();
  const [percent, setPercent] = useState<number | undefined>();
  const [failure, setFailure] = useState<unknown>(undefined);
  const abort = useRef<AbortController | undefined>(undefined);
  const send = async (file: File, bankAccountId: string) => {
    const controller = new AbortController();
    abort.current = controller;
    setPercent(0);
    setFailure(undefined);
    try {
      const answer = await upload({
        url: '/api/bank-imports',
        parts: [['bankAccountId', bankAccountId], ...layoutPart(layout), ['file', file]],
        onProgress: setPercent,
        signal: controller.signal,
      });
      void navigate(paths.bankImport(importIdIn(answer)));
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error);
    } finally {
      setPercent(undefined);
    }
  };
  const start = (file: File) => {
    const refuse = (code: string, message: string) =>
      setFailure(new ApiFailure({ status: 400, code, message, retry: false }));
    if (account === undefined) refuse('ACCOUNT', t('imports.needAccount'));
    else if (!/\.(xlsx|csv|txt|xml)$/i.test(file.name)) refuse('TYPE', t('imports.wrongType'));
    else void send(file, account);
  };
  return { percent, failure, start, stop: () => abort.current?.abort() };
}

function layoutPart(layout: string | undefined): (readonly [string, string])[] {
  if (layout === undefined) return [];
  return layout.startsWith('name:') ? [['layoutName', layout.slice(5)]] : [['layoutId', layout]];
}

function importIdIn(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'bankImportId' in answer) {
    return String(answer.bankImportId);
  }
  throw new ApiFailure({ status: 0, code: 'UNREADABLE', retry: true });
}
