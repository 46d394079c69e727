import { useState } from 'react';
import { choosePhotos } from '#platform';
import { Button, Image, View } from '#ui';
import { useTexts } from '../i18n/index.ts';
import type { Photo } from '../platform/types.ts';
import { Icon } from './Icon.tsx';
import { Notice } from './Notice.tsx';
import { uiTexts } from './texts.ts';

interface PhotoPickerProps {
  readonly photos: readonly Photo[];
  readonly onChange: (photos: readonly Photo[]) => void;
  readonly most: number;
}

/** Photos that were chosen, each with a way to remove it, and one more. */
export function PhotoPicker({ photos, onChange, most }: PhotoPickerProps) {
  const t = useTexts(uiTexts);
  const [hasFailed, setFailed] = useState(false);
  const add = () => {
    setFailed(false);
    choosePhotos(most - photos.length).then(
      (chosen) => onChange([...photos, ...chosen].slice(0, most)),
      () => setFailed(true),
    );
  };
  return (
    <View>
      <View className="photos">
        {photos.map((photo, index) => (
          <View key={photo.src} className="photo">
            <Image
              src={photo.src}
              alt={t('photo', { number: index + 1 })}
              className="photo-image"
            />
            <Button
              kind="plain"
              ariaLabel={t('removePhoto', { number: index + 1 })}
              onTap={() => onChange(photos.filter((one) => one !== photo))}
            >
              ✕
            </Button>
          </View>
        ))}
        {photos.length < most && (
          <Button className="photo-add" onTap={add}>
            <Icon name="photo" />
            {t('addPhoto')}
          </Button>
        )}
      </View>
      {hasFailed && <Notice kind="bad">{t('photoFailed')}</Notice>}
    </View>
  );
}
