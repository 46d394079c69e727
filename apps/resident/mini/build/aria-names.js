/** What screen readers hear and Taro's templates leave out, for the components of the app. */
const names = ['role', 'label', 'checked', 'disabled', 'hidden', 'expanded', 'selected', 'level'];
const components = ['View', 'Text', 'Button', 'Image', 'Input', 'Textarea', 'Picker'];

const attributes = Object.fromEntries(names.map((name) => [`aria-${name}`, "''"]));

module.exports = Object.fromEntries(components.map((component) => [component, attributes]));
