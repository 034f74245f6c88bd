'use strict'
const lines = require('./lines')

const timers = new Set()

function flush () {
  console.log(lines.splice(0).join('; '))
}

exports.later = function later (delayMs) {
  const timer = setTimeout(() => {
    timers.delete(timer)
    flush()
  }, delayMs)
  timers.add(timer)
}

exports.close = function close () {
  for (const timer of timers) clearTimeout(timer)
  timers.clear()
}
