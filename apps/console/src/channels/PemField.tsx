import { UploadOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/Fields.tsx';

interface PemFieldProps {
  readonly name: string[];
  readonly label: string;
  readonly required: boolean;
  readonly help: string | undefined;
}

/** Keys and certificates have some KB; a longer file is the wrong one. */
const maxBytes = 15_000;

/** A key or certificate: pasted, or read from its file. */
export function PemField({ name, label, required, help }: PemFieldProps) {
  const { t } = useTranslation('channels');
  const form = Form.useFormInstance();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const read = async (file: File) => {
    if (file.size > maxBytes) {
      form.setFields([{ name, errors: [t('fileTooLong', { name: file.name })] }]);
      return;
    }
    form.setFieldValue(name, textOf(new Uint8Array(await file.arrayBuffer())));
    await form.validateFields([name]);
  };
  return (
    <div className="pem-field">
      <Field name={name} label={label} required={required} help={help}>
        <Input.TextArea
          maxLength={20_000}
          rows={3}
          className="mono"
          autoComplete="off"
          spellCheck={false}
          placeholder={t('pemHint')}
        />
      </Field>
      <input
        ref={input}
        id={id}
        type="file"
        className="file-input"
        tabIndex={-1}
        aria-label={t('chooseFileOf', { label })}
        accept=".pem,.crt,.cer,.key,.pfx,.p12,.txt"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void read(file);
        }}
      />
      <Button
        size="small"
        icon={<UploadOutlined aria-hidden />}
        aria-label={t('chooseFileOf', { label })}
        onClick={() => input.current?.click()}
      >
        {t('chooseFile')}
      </Button>
    </div>
  );
}

/** A text as it is; what is no text (.pfx, DER) as Base64. */
export function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\u0000')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // Not UTF-8.
  }
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
