module.exports = {
  // The phones that the web page serves as well.
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        hot: false,
        targets: { chrome: '80', ios: '13' },
      },
    ],
  ],
};
