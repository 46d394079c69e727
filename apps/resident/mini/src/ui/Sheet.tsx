import { View } from '@tarojs/components';
import { useTexts } from '../../../src/i18n/index.ts';
import { uiTexts } from '../../../src/ui/texts.ts';
import type { SheetProps } from '../../../src/ui/types.ts';
import { aria } from './aria.ts';
import { Button } from './buttons.tsx';

export function Sheet({ isOpen, title, onClose, foot, children }: SheetProps) {
  const t = useTexts(uiTexts);
  if (!isOpen) return null;
  return (
    <View>
      <View className="sheet-behind" catchMove onClick={onClose} {...aria({ hidden: true })} />
      <View className="sheet" {...aria({ role: 'dialog', label: title })}>
        <View className="sheet-head">
          <View className="sheet-title">{title}</View>
          <Button kind="plain" onTap={onClose}>
            {t('close')}
          </Button>
        </View>
        <View className="sheet-body">{children}</View>
        {foot !== undefined && <View className="sheet-foot">{foot}</View>}
      </View>
    </View>
  );
}
