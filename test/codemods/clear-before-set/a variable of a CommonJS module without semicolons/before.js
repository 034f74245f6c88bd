'use strict'
const { collect } = require('./collect')

let interval

module.exports = {
  start (everyMs) {
    collect()
    interval = setInterval(collect, everyMs)
  },

  stop () {
    if (interval) clearInterval(interval)
  }
}
