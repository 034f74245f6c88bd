'use strict'

class Watchdog {
  constructor(name) {
    this.name = name
  }

  start() {
    process.on('SIGUSR2', this.report.bind(this))
  }

  report() {
    console.log(this.name)
  }

  close() {
    console.log('closed')
  }
}

module.exports = Watchdog
