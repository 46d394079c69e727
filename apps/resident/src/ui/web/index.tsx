import type { PhoneButtonProps } from '../types.ts';

export { Button } from './Button.tsx';
export { Checkbox, Choice, Switch } from './choices.tsx';
export { DayPicker, Input, Picker, TextArea } from './fields.tsx';
export { Link, OutLink } from './links.tsx';
export { Page } from './Page.tsx';
export { Sheet } from './Sheet.tsx';
export { Heading, Image, Text, View } from './text.tsx';

/** No browser tells a page the phone: the page asks for it and sends a code. */
export const hasPhoneButton = false;
export function PhoneButton(_props: PhoneButtonProps): null {
  return null;
}
