import { PictureOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../api/failure.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';

/** Sends a picture and hands back the line that shows it. */
export function PictureButton({ onPicture }: { readonly onPicture: (line: string) => void }) {
  const { t } = useTranslation('content');
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const send = async (file: File) => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      const id = await sendPicture(file);
      onPicture(`![${file.name.replace(/\.\w+$/, '')}](picture:${id})`);
    } catch (error) {
      setFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className="stack">
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('help.picture')}
        accept="image/png,image/jpeg,image/webp"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) void send(file);
        }}
      />
      <Button
        icon={<PictureOutlined aria-hidden />}
        loading={isBusy}
        onClick={() => input.current?.click()}
      >
        {t('help.picture')}
      </Button>
      {failure !== undefined && <FailureNotice error={failure} />}
    </div>
  );
}

async function sendPicture(file: File): Promise<string> {
  const headers = { 'content-type': file.type || 'image/png' };
  const answer = await fetch('/api/help-pictures', { method: 'POST', headers, body: file });
  const text = await answer.text();
  if (!answer.ok) throw failureOf(answer.status, text);
  return (JSON.parse(text) as { id: string }).id;
}
