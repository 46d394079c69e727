// `npm start`: checks the Node version in words that any Node can read, then hands over.
var found = process.versions.node.split('.').map(Number);
if (found[0] < 20 || (found[0] === 20 && found[1] < 19)) {
  console.error(
    '需要 Node.js 20.19 或更新版本，当前是 ' + process.versions.node + '，请升级后再启动。',
  );
  console.error(
    'Node.js 20.19 or newer is needed; this is ' +
      process.versions.node +
      '. Please upgrade it and start again.',
  );
  process.exitCode = 1;
} else {
  void import('./run-system.mjs').then(function (system) {
    return system.runSystem(process.argv.slice(2));
  });
}
