import { Image as TaroImage, View as TaroView } from '@tarojs/components';
import type { HeadingProps, ImageProps, TextProps, ViewProps } from '../../../src/ui/types.ts';
import { aria } from './aria.ts';

export function View({ className = '', id, role, ariaLabel, ariaHidden, children }: ViewProps) {
  return (
    <TaroView
      className={className}
      {...aria({ role, label: ariaLabel, hidden: ariaHidden })}
      {...(id !== undefined && { id })}
    >
      {children}
    </TaroView>
  );
}

export function Text({ className = '', ariaLabel, ariaHidden, children }: TextProps) {
  return (
    <TaroView
      className={`text ${className}`}
      {...aria({ role: ariaLabel && 'text', label: ariaLabel, hidden: ariaHidden })}
    >
      {children}
    </TaroView>
  );
}

export function Heading({ level, className, children }: HeadingProps) {
  return (
    <TaroView className={className ?? `heading-${level}`} {...aria({ role: 'heading', level })}>
      {children}
    </TaroView>
  );
}

const modes = { cover: 'aspectFill', contain: 'aspectFit', width: 'widthFix' } as const;

export function Image({ src, alt, className = '', fit = 'cover' }: ImageProps) {
  return (
    <TaroImage
      className={`image image-${fit} ${className}`}
      src={src}
      mode={modes[fit]}
      {...(alt === '' ? aria({ hidden: true }) : aria({ role: 'img', label: alt }))}
    />
  );
}
