const path = require('node:path');
const attributes = require('./aria-names.js');

/** Puts the attributes of accessibility into the templates and into what fills them in. */
module.exports = (context) => {
  context.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      platform.template.mergeComponents(context, attributes);
      platform.runtimePath = [platform.runtimePath, path.join(__dirname, 'aria-runtime.js')].flat();
    },
  });
};
