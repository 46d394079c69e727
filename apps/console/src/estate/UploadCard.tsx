import { InboxOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Card, Form, Progress, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiFailure } from '../api/failure.ts';
import { upload } from '../api/upload.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { paths } from '../paths.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';

/** Takes a file by dragging, clicking or the keyboard, shows how far it is, and leads to it. */
export function UploadCard() {
  const { t } = useTranslation('estate');
  const [community, setCommunity] = useState('');
  const { percent, failure, start, stop } = useUpload(community);
  const communities = useCommunityOptions();
  return (
    <Card title={<h2 className="card-title">{t('imports.upload')}</h2>}>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('imports.community')}
          htmlFor="import-community"
          extra={t('imports.communityHelp')}
        >
          <AutoComplete
            id="import-community"
            style={{ maxWidth: 360, width: '100%' }}
            placeholder={t('imports.communityHint')}
            value={community}
            onChange={setCommunity}
            options={communities.options.map(({ label }) => ({ value: label }))}
            showSearch={{ filterOption: (text, option) => option?.value.includes(text) ?? false }}
          />
        </Form.Item>
      </Form>
      <div className="stack">
        {failure !== undefined && <FailureNotice error={failure} />}
        {percent === undefined ? (
          <Upload.Dragger
            accept=".xlsx,.csv"
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
    </Card>
  );
}

function useUpload(community: string) {
  const { t } = useTranslation('estate');
  const navigate = useNavigate();
  const communities = useCommunityOptions();
  const [percent, setPercent] = useState<number | undefined>();
  const [failure, setFailure] = useState<unknown>(undefined);
  const abort = useRef<AbortController | undefined>(undefined);
  const send = async (file: File) => {
    const controller = new AbortController();
    abort.current = controller;
    setPercent(0);
    setFailure(undefined);
    try {
      const answer = await upload({
        url: '/api/imports',
        parts: [...communityPart(community, communities.options), ['file', file]],
        onProgress: setPercent,
        signal: controller.signal,
      });
      void navigate(paths.import(importIdIn(answer)));
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error);
    } finally {
      setPercent(undefined);
    }
  };
  const start = (file: File) => {
    if (/\.(xlsx|csv)$/i.test(file.name)) void send(file);
    else setFailure(wrongType(t('imports.wrongType')));
  };
  return { percent, failure, start, stop: () => abort.current?.abort() };
}

/** A community that exists is named by its id; a new name makes a new one. */
function communityPart(
  text: string,
  options: readonly { readonly value: string; readonly label: string }[],
): (readonly [string, string])[] {
  const name = text.trim();
  if (name === '') return [];
  const known = options.find(({ label }) => label === name);
  return [known ? ['communityId', known.value] : ['communityName', name]];
}

function importIdIn(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'importId' in answer) {
    return String(answer.importId);
  }
  throw new ApiFailure({ status: 0, code: 'UNREADABLE', retry: true });
}

function wrongType(message: string): ApiFailure {
  return new ApiFailure({ status: 400, code: 'FILE_TYPE', message, retry: false });
}
