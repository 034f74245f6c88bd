const { bus } = require('./bus')

const MAX_SAMPLES = 1000

const samples = []

function trimSamples() {
  if (samples.length > MAX_SAMPLES) {
    samples.splice(MAX_SAMPLES)
  }
}

bus.on('sample', (sample) => {
  samples.unshift(sample)
  trimSamples()
})

bus.on('lost', () => {
  if (samples.length > 0) {
    samples.unshift(null)
    trimSamples()
  }
})

exports.latest = () => samples[0]
