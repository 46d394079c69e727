export { Button, hasPhoneButton, Link, OutLink, PhoneButton } from './buttons.tsx';
export { Checkbox, Choice, Switch } from './choices.tsx';
export { DayPicker, Input, Picker, TextArea } from './fields.tsx';
export { Page } from './Page.tsx';
export { Sheet } from './Sheet.tsx';
export { Heading, Image, Text, View } from './text.tsx';
