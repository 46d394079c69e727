import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

const most = 6;

interface PhotosProps {
  readonly files: readonly File[];
  readonly onChange: (files: readonly File[]) => void;
}

/** Photos that somebody brought or sent; they travel with the form. */
export function PhotosField({ files, onChange }: PhotosProps) {
  const { t } = useTranslation('feedback');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="stack-tight">
      <span>{t('new.photos')}</span>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={t('new.photos')}
        accept="image/png,image/jpeg,image/webp"
        onChange={({ target }) => {
          onChange([...files, ...(target.files ?? [])].slice(0, most));
          target.value = '';
        }}
      />
      {files.map((file, index) => (
        <div key={`${file.name} ${file.lastModified}`} className="row">
          <span className="wrapping">{file.name}</span>
          <Button size="small" onClick={() => onChange(files.filter((one) => one !== file))}>
            {t('new.removePhoto', { nth: index + 1 })}
          </Button>
        </div>
      ))}
      {files.length < most && (
        <Button onClick={() => input.current?.click()}>{t('new.addPhoto')}</Button>
      )}
    </div>
  );
}
