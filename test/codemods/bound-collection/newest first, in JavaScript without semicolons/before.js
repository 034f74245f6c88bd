const { bus } = require('./bus')

const samples = []

bus.on('sample', (sample) => {
  samples.unshift(sample)
})

bus.on('lost', () => {
  if (samples.length > 0) samples.unshift(null)
})

exports.latest = () => samples[0]
