import { type ReactNode, useState } from 'react';
import { Button, View } from '#ui';

interface DisclosureProps {
  /** What is behind it: the words of the button. */
  readonly title: string;
  readonly children: ReactNode;
}

/** Something that not everybody wants to read, shown after a tap. */
export function Disclosure({ title, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <View className="disclosure">
      <Button
        kind="plain"
        className="disclosure-button"
        ariaExpanded={isOpen}
        onTap={() => setOpen(!isOpen)}
      >
        {title}
        <View className={isOpen ? 'icon icon-up' : 'icon icon-down'} ariaHidden />
      </Button>
      {isOpen && <View className="disclosure-body">{children}</View>}
    </View>
  );
}
