import { AudioMutedOutlined, SoundOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../ui/ActionButton.tsx';
import type { VoiceState } from './use-voice.ts';

interface VoiceSwitchProps {
  readonly state: VoiceState;
  readonly onToggle: () => void;
}

export function VoiceSwitch({ state, onToggle }: VoiceSwitchProps) {
  const { t } = useTranslation('payment');
  const isOff = state === 'off' || state === 'unsupported';
  return (
    <ActionButton
      icon={isOff ? <AudioMutedOutlined aria-hidden /> : <SoundOutlined aria-hidden />}
      whyNot={state === 'unsupported' ? t('voice.unsupported') : undefined}
      title={t(isOff ? 'voice.turnOn' : 'voice.turnOff')}
      onClick={onToggle}
    >
      {t(state === 'unsupported' ? 'voice.off' : `voice.${state}`)}
    </ActionButton>
  );
}
